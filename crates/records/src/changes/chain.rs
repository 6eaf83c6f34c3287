//! The log as a chain. A part's content is bound by a salted commitment (SHA-256 over salt and content), a change by a
//! hash over the hash before it, its own columns and the commitments of its parts. Clearing content and salt leaves
//! the chain whole, and nobody can try guesses against a commitment whose salt is gone. Whoever has the key could make
//! a whole new chain: what shows that are the heads kept in the backups.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension, params};
use sha2::{Digest, Sha256};

use crate::vault::envelope::hex;
use crate::{Records, RecordsError};

/// The end of the chain.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct LogHead {
    /// Number of the last chained change; 0 while there is none.
    pub number: i64,
    /// Its hash, in hex; empty while there is none.
    pub hash: String,
}

/// What a walk along the chain has found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogVerdict {
    /// Changes that are chained.
    pub changes: u64,
    /// Parts of them.
    pub parts: u64,
    /// Parts whose content was erased, each with its certificate.
    pub erased: u64,
    /// The end of the chain, as far as it is whole.
    pub head: LogHead,
    /// The first link that does not hold.
    pub broken: Option<BrokenLink>,
}

/// A link that does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BrokenLink {
    /// Number of the change.
    pub number: i64,
    /// What is wrong with it.
    pub fault: LinkFault,
}

/// What can be wrong with a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkFault {
    /// The change of this number is not there, and later ones are.
    Missing,
    /// The change is not what was chained: time, act, order or a part's commitment was altered, or one before it.
    Altered,
    /// A part's content is not what was committed to.
    Content,
    /// A part's content is gone without a certificate of erasure.
    GoneWithoutCertificate,
}

/// A change's own columns, in the order in which they are hashed.
struct Link {
    number: i64,
    at: String,
    until: String,
    actor: String,
    act: String,
    undoes: Option<i64>,
}

struct Part {
    number: i64,
    salt: Option<[u8; 16]>,
    content: Option<String>,
    commitment: Option<[u8; 32]>,
    erased: Option<String>,
}

/// Binds a content without telling it.
pub(super) fn commitment(salt: &[u8; 16], content: &str) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(b"waymark/log/part/1");
    hash.update(salt);
    hash.update(content.as_bytes());
    hash.finalize().into()
}

impl Link {
    fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            number: row.get(0)?,
            at: row.get(1)?,
            until: row.get(2)?,
            actor: row.get(3)?,
            act: row.get(4)?,
            undoes: row.get(5)?,
        })
    }

    fn hash(&self, before: &[u8], commitments: &[[u8; 32]]) -> [u8; 32] {
        let mut hash = Sha256::new();
        hash.update(b"waymark/log/change/1");
        hash.update((before.len() as u64).to_be_bytes());
        hash.update(before);
        hash.update(self.number.to_be_bytes());
        for text in [&self.at, &self.until, &self.actor, &self.act] {
            hash.update((text.len() as u64).to_be_bytes());
            hash.update(text.as_bytes());
        }
        hash.update(self.undoes.unwrap_or(0).to_be_bytes());
        hash.update((commitments.len() as u64).to_be_bytes());
        for commitment in commitments {
            hash.update(commitment);
        }
        hash.finalize().into()
    }
}

/// Chains a change to the one before it. Its parts have their commitments already.
pub(super) fn seal(connection: &Connection, number: i64) -> Result<(), RecordsError> {
    let before: Option<Vec<u8>> = connection
        .prepare_cached("SELECT hash FROM change WHERE number < ? ORDER BY number DESC LIMIT 1")?
        .query_row([number], |row| row.get(0))
        .optional()?;
    let link = connection
        .prepare_cached("SELECT number, at, until, actor, act, undoes FROM change WHERE number = ?")?
        .query_row([number], Link::read)?;
    let commitments = connection
        .prepare_cached("SELECT commitment FROM change_part WHERE change = ? ORDER BY part")?
        .query_map([number], |row| row.get(0))?
        .collect::<Result<Vec<[u8; 32]>, _>>()?;
    let hash = link.hash(&before.unwrap_or_default(), &commitments);
    connection
        .prepare_cached("UPDATE change SET hash = ? WHERE number = ?")?
        .execute(params![hash, number])?;
    Ok(())
}

/// Clears what the log says of these students and applications: content and salt go, the commitments stay.
/// Gives how many parts that was.
pub(crate) fn erase(
    connection: &Connection,
    about: &BTreeSet<String>,
    certificate: &str,
) -> Result<usize, RecordsError> {
    let mut clear = connection.prepare_cached(
        "UPDATE change_part SET salt = NULL, content = NULL, erased = ?2
         WHERE content IS NOT NULL
           AND EXISTS (SELECT 1 FROM change_about a
                       WHERE a.about = ?1 AND a.change = change_part.change AND a.part = change_part.part)",
    )?;
    let mut forget = connection.prepare_cached("DELETE FROM change_about WHERE about = ?")?;
    let mut cleared = 0;
    for one in about {
        cleared += clear.execute(params![one, certificate])?;
    }
    // Only then: a part may speak of several of them.
    for one in about {
        forget.execute([one])?;
    }
    Ok(cleared)
}

/// How many parts that would be.
pub(crate) fn count(connection: &Connection, about: &BTreeSet<String>) -> Result<u32, RecordsError> {
    let mut parts = BTreeSet::new();
    let mut statement = connection.prepare_cached(
        "SELECT a.change, a.part FROM change_about a
         JOIN change_part p ON p.change = a.change AND p.part = a.part
         WHERE a.about = ? AND p.content IS NOT NULL",
    )?;
    for one in about {
        let found = statement.query_map([one], |row| Ok((row.get(0)?, row.get(1)?)))?;
        parts.extend(found.collect::<Result<Vec<(i64, i64)>, _>>()?);
    }
    Ok(u32::try_from(parts.len()).unwrap_or(u32::MAX))
}

impl Records {
    /// The end of the chain. An open typing session is not in it yet; see [`Self::seal_open_change`].
    pub async fn log_head(&self) -> Result<LogHead, RecordsError> {
        self.read(head).await
    }

    /// Whether the chain has this head: the change of this number with this hash. A log that was cut, or made anew,
    /// has not.
    pub async fn log_holds(&self, wanted: LogHead) -> Result<bool, RecordsError> {
        self.read(move |connection| holds(connection, &wanted)).await
    }

    /// Walks along the whole chain and names the first link that does not hold.
    pub async fn verify_log(&self) -> Result<LogVerdict, RecordsError> {
        self.read(verify).await
    }
}

/// Whether the log has this entry. An empty log is the beginning of any.
pub(crate) fn holds(connection: &Connection, wanted: &LogHead) -> Result<bool, RecordsError> {
    if wanted.number == 0 {
        return Ok(true);
    }
    let hash: Option<Option<Vec<u8>>> = connection
        .prepare_cached("SELECT hash FROM change WHERE number = ?")?
        .query_row([wanted.number], |row| row.get(0))
        .optional()?;
    Ok(hash.flatten().is_some_and(|hash| hex(&hash) == wanted.hash))
}

/// The end of the chain in this file.
pub(crate) fn head(connection: &Connection) -> Result<LogHead, RecordsError> {
    let found: Option<(i64, Vec<u8>)> = connection
        .prepare_cached(
            "SELECT number, hash FROM change WHERE hash IS NOT NULL ORDER BY number DESC LIMIT 1",
        )?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    Ok(found.map_or(LogHead { number: 0, hash: String::new() }, |(number, hash)| LogHead {
        number,
        hash: hex(&hash),
    }))
}

/// Walks along the chain of this file.
pub(crate) fn verify(connection: &Connection) -> Result<LogVerdict, RecordsError> {
    let mut verdict = LogVerdict {
        changes: 0,
        parts: 0,
        erased: 0,
        head: LogHead { number: 0, hash: String::new() },
        broken: None,
    };
    let mut before = Vec::new();
    let mut links = connection
        .prepare("SELECT number, at, until, actor, act, undoes, hash FROM change ORDER BY number")?;
    let mut rows = links.query([])?;
    while let Some(row) = rows.next()? {
        let link = Link::read(row)?;
        let hash: Option<Vec<u8>> = row.get(6)?;
        let expected = verdict.head.number + 1;
        if link.number != expected {
            verdict.broken = Some(BrokenLink { number: expected, fault: LinkFault::Missing });
            return Ok(verdict);
        }
        // The last one may be a typing session that is still open. Any other has to be chained.
        let Some(hash) = hash else {
            if rows.next()?.is_some() {
                verdict.broken = Some(BrokenLink { number: link.number, fault: LinkFault::Altered });
            }
            return Ok(verdict);
        };
        if let Some(fault) = check(connection, &link, &before, &hash, &mut verdict)? {
            verdict.broken = Some(BrokenLink { number: link.number, fault });
            return Ok(verdict);
        }
        verdict.changes += 1;
        verdict.head = LogHead { number: link.number, hash: hex(&hash) };
        before = hash;
    }
    Ok(verdict)
}

fn check(
    connection: &Connection,
    link: &Link,
    before: &[u8],
    hash: &[u8],
    verdict: &mut LogVerdict,
) -> Result<Option<LinkFault>, RecordsError> {
    let parts = parts_of(connection, link.number)?;
    let commitments: Option<Vec<[u8; 32]>> = parts.iter().map(|part| part.commitment).collect();
    let in_order = parts.iter().zip(0..).all(|(part, at)| part.number == at);
    let Some(commitments) = commitments.filter(|_| in_order) else { return Ok(Some(LinkFault::Altered)) };
    if link.hash(before, &commitments)[..] != *hash {
        return Ok(Some(LinkFault::Altered));
    }
    for (part, commitment) in parts.iter().zip(&commitments) {
        verdict.parts += 1;
        match (&part.salt, &part.content, &part.erased) {
            (Some(salt), Some(content), None) => {
                if self::commitment(salt, content) != *commitment {
                    return Ok(Some(LinkFault::Content));
                }
            }
            (None, None, Some(certificate)) if has_certificate(connection, certificate)? => {
                verdict.erased += 1;
            }
            _ => return Ok(Some(LinkFault::GoneWithoutCertificate)),
        }
    }
    Ok(None)
}

fn parts_of(connection: &Connection, change: i64) -> Result<Vec<Part>, RecordsError> {
    let mut statement = connection.prepare_cached(
        "SELECT part, salt, content, commitment, erased FROM change_part WHERE change = ? ORDER BY part",
    )?;
    let parts = statement.query_map([change], |row| {
        Ok(Part {
            number: row.get(0)?,
            salt: row.get(1)?,
            content: row.get(2)?,
            commitment: row.get(3)?,
            erased: row.get(4)?,
        })
    })?;
    Ok(parts.collect::<Result<_, _>>()?)
}

fn has_certificate(connection: &Connection, id: &str) -> Result<bool, RecordsError> {
    Ok(connection.prepare_cached("SELECT 1 FROM certificate WHERE id = ?")?.exists([id])?)
}
