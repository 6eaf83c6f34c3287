//! `waymark-devhost --home FOLDER --catalogue FILE --pages FOLDER [--weak-keys] [--managed FILE] [--keychain FILE]
//! [--port N]`: prints the address with its token on one line, then serves until it is ended. A line on standard input
//! ends it in order.
#![forbid(unsafe_code)]
#![allow(clippy::print_stdout, reason = "the tests read the address from there")]

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context;
use waymark_api::{Desk, Paths};
use waymark_devhost::KeptInFile;
use waymark_records::{Computer, Cost};

struct Arguments {
    home: PathBuf,
    catalogue: PathBuf,
    pages: PathBuf,
    cost: Cost,
    managed: Option<PathBuf>,
    keychain: Option<PathBuf>,
    port: u16,
}

fn main() -> anyhow::Result<()> {
    tracing_subscriber::fmt().with_writer(std::io::stderr).init();
    let arguments = read_arguments(std::env::args().skip(1))?;
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(serve(arguments))
}

async fn serve(arguments: Arguments) -> anyhow::Result<()> {
    let paths = Paths {
        settings: arguments.home.join("settings.json"),
        records: arguments.home.join("records"),
        catalogue: arguments.catalogue,
        renewed_catalogue: Some(arguments.home.join("waymark-catalogue.db")),
        fonts: Paths::system_fonts(),
    };
    let desk = Desk::new(paths, Arc::new(Computer), arguments.cost);
    let desk = match arguments.managed {
        Some(file) => desk.managed_by(file),
        None => desk,
    };
    let desk = Arc::new(match arguments.keychain {
        Some(file) => desk.with_keychain(Arc::new(KeptInFile(file))),
        None => desk,
    });
    tokio::spawn(waymark_api::backups::keep(Arc::downgrade(&desk)));
    let token = token()?;
    let router = waymark_devhost::router(Arc::clone(&desk), token.clone(), &arguments.pages)?;
    let listener =
        tokio::net::TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, arguments.port))).await?;
    println!("http://{}/?token={token}", listener.local_addr()?);
    axum::serve(listener, router).with_graceful_shutdown(told_to_end()).await?;
    desk.close().await.map_err(|error| anyhow::anyhow!("{error}"))
}

/// Waits for a line on standard input. Its end alone says nothing: a test may start this with none.
async fn told_to_end() {
    let line = tokio::task::spawn_blocking(|| {
        let mut line = String::new();
        std::io::stdin().read_line(&mut line).unwrap_or(0)
    });
    if line.await.unwrap_or(0) == 0 {
        std::future::pending::<()>().await;
    }
}

fn token() -> anyhow::Result<String> {
    let mut bytes = [0; 24];
    getrandom::fill(&mut bytes).map_err(|error| anyhow::anyhow!("{error}"))?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat())
}

fn read_arguments(mut given: impl Iterator<Item = String>) -> anyhow::Result<Arguments> {
    let (mut home, mut catalogue, mut pages) = (None, None, None);
    let (mut cost, mut managed, mut keychain, mut port) = (Cost::REAL, None, None, 0);
    while let Some(argument) = given.next() {
        let mut value = || given.next().with_context(|| format!("{argument} wants a value"));
        match argument.as_str() {
            "--home" => home = Some(PathBuf::from(value()?)),
            "--catalogue" => catalogue = Some(PathBuf::from(value()?)),
            "--pages" => pages = Some(PathBuf::from(value()?)),
            "--managed" => managed = Some(PathBuf::from(value()?)),
            "--keychain" => keychain = Some(PathBuf::from(value()?)),
            "--port" => port = value()?.parse()?,
            "--weak-keys" => cost = Cost::WEAK_FOR_TESTS,
            other => anyhow::bail!("{other} is not known here"),
        }
    }
    Ok(Arguments {
        home: home.context("--home is missing")?,
        catalogue: catalogue.context("--catalogue is missing")?,
        pages: pages.context("--pages is missing")?,
        cost,
        managed,
        keychain,
        port,
    })
}
