//! What a document says without showing it: its title and with what it was made, and nothing else. No name of the person
//! or the computer, no path, no attached file.

#![allow(clippy::unwrap_used, reason = "a test may end so")]

mod support;

use std::collections::BTreeSet;
use std::io::{Cursor, Read};

use lopdf::Object;
use support::{career, whole_application};
use waymark_documents::{Book, BookCell, BookSheet, Extent, Press, xlsx};

/// What would say where or by whom a file was made.
fn telltales() -> Vec<String> {
    let from_here = ["HOME", "USER", "LOGNAME", "HOSTNAME", "CARGO_MANIFEST_DIR", "TMPDIR"];
    let mut words: Vec<String> = from_here.iter().filter_map(|name| std::env::var(name).ok()).collect();
    words.push(env!("CARGO_MANIFEST_DIR").to_owned());
    words.extend(["/home/", "/root/", "C:\\", "file://", ".rs:", ".typ"].map(str::to_owned));
    // A short name ("root") stands in many a word of the format itself.
    words.retain(|word| word.len() > 4 || word.starts_with('.') || word.contains('\\'));
    words
}

/// Everything in a PDF that can be read: its bytes, and each stream unpacked.
fn readable(pdf: &[u8]) -> Vec<Vec<u8>> {
    let document = lopdf::Document::load_mem(pdf).unwrap();
    let mut texts = vec![pdf.to_vec()];
    for object in document.objects.values() {
        if let Object::Stream(stream) = object {
            texts.push(stream.decompressed_content().unwrap_or_else(|_| stream.content.clone()));
        }
    }
    texts
}

fn assert_tells_nothing(texts: &[Vec<u8>]) {
    for word in telltales() {
        for text in texts {
            let found = text.windows(word.len()).any(|window| window == word.as_bytes());
            assert!(!found, "{word} stands in the file");
        }
    }
}

#[test]
fn a_pdf_says_its_title_and_its_program_and_nothing_of_who_made_it_where() {
    let press = Press::new(&[]).unwrap();
    let application = press.application_pdf(&whole_application()).unwrap().bytes;
    let career = press.career_pdf(&career(), Extent::Full).unwrap().bytes;
    for pdf in [application, career] {
        assert_tells_nothing(&readable(&pdf));
        let document = lopdf::Document::load_mem(&pdf).unwrap();
        let info = document.trailer.get(b"Info").and_then(|info| document.dereference(info)).unwrap().1;
        let keys = info.as_dict().unwrap().iter().map(|(key, _)| String::from_utf8_lossy(key).into_owned());
        let known =
            BTreeSet::from(["Title", "Creator", "Producer", "CreationDate", "ModDate"].map(String::from));
        let keys: BTreeSet<String> = keys.collect();
        assert!(keys.is_subset(&known), "{keys:?}");
        let catalog = document.catalog().unwrap();
        for hidden in [&b"AF"[..], b"OpenAction", b"AA", b"AcroForm"] {
            assert!(!catalog.has(hidden), "{}", String::from_utf8_lossy(hidden));
        }
        for object in document.objects.values() {
            let dictionary = object.as_dict().or_else(|_| object.as_stream().map(|stream| &stream.dict));
            let kind = dictionary.and_then(|dictionary| dictionary.get(b"Type")).and_then(Object::as_name);
            assert!(!matches!(kind, Ok(b"EmbeddedFile" | b"Filespec")), "a file within the file");
        }
    }
}

#[test]
fn a_spreadsheet_says_nothing_of_who_made_it_where_and_does_nothing() {
    let sheet = BookSheet {
        name: "Pay".into(),
        columns: vec!["Career".into()],
        rows: vec![vec![BookCell::Text("=HYPERLINK(\"http://example.invalid\")".into())]],
    };
    let book = Book { title: "Careers".into(), day: (2026, 11, 23), sheets: vec![sheet] };
    let bytes = xlsx(&book).unwrap();
    let mut archive = zip::ZipArchive::new(Cursor::new(&bytes)).unwrap();
    let mut texts = Vec::new();
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).unwrap();
        let name = part.name().unwrap().into_owned();
        for live in ["vba", "externalLink", "connections", "customXml", "comments", "printerSettings"] {
            assert!(!name.contains(live), "{name}");
        }
        let mut text = Vec::new();
        part.read_to_end(&mut text).unwrap();
        texts.push(text);
    }
    assert_tells_nothing(&texts);
    let formulas = texts.iter().filter(|text| text.windows(3).any(|window| window == b"<f>")).count();
    assert_eq!(formulas, 0, "a live formula");
}
