//! The same operations as in the window, over loopback HTTP, so that journeys run in an ordinary browser. It listens
//! on 127.0.0.1 only, answers nobody without the token of this start, and sends the window's own content policy. It is
//! never part of what ships.
#![forbid(unsafe_code)]

mod keychain;

use std::path::Path;
use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path as Segment, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use tower_http::services::{ServeDir, ServeFile};
use tower_http::set_header::SetResponseHeaderLayer;
use waymark_api::log::{Logged, hand_over};
use waymark_api::{ApiError, Desk, Document, contract};

pub use keychain::KeptInFile;

/// The header that carries the token.
const TOKEN: &str = "x-waymark-token";

/// The header that names characters which no font could print.
const MISSING: HeaderName = HeaderName::from_static("x-waymark-missing");

/// The header that tells what the log says of a document.
const LOGGED: HeaderName = HeaderName::from_static("x-waymark-logged");

/// A statement of the largest size and its wrapping.
const LARGEST_BODY: usize = 256 * 1024 * 1024;

struct Host {
    desk: Arc<Desk>,
    token: String,
}

/// The server's routes: the operations behind the token, and the pages.
pub fn router(desk: Arc<Desk>, token: String, pages: &Path) -> anyhow::Result<Router> {
    let files = ServeDir::new(pages).fallback(ServeFile::new(pages.join("index.html")));
    let policy = HeaderValue::from_str(&content_policy()?)?;
    Ok(Router::new()
        .route("/call/{operation}", post(call))
        .route("/document/{operation}", post(document))
        .with_state(Arc::new(Host { desk, token }))
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .fallback_service(files)
        .layer(SetResponseHeaderLayer::overriding(CONTENT_SECURITY_POLICY, policy))
        .layer(SetResponseHeaderLayer::overriding(CACHE_CONTROL, HeaderValue::from_static("no-store"))))
}

/// The content policy of the window, from its own configuration: the browser's journeys run under the same.
pub fn content_policy() -> anyhow::Result<String> {
    let config: serde_json::Value = serde_json::from_str(include_str!("../../../tauri.conf.json"))?;
    let policy = config.pointer("/app/security/csp").and_then(serde_json::Value::as_str);
    policy.map(str::to_owned).ok_or_else(|| anyhow::anyhow!("tauri.conf.json names no content policy"))
}

async fn call(
    State(host): State<Arc<Host>>,
    Segment(operation): Segment<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    match host.input(&headers, &body) {
        Err(refusal) => refusal.into_response(),
        Ok(input) => match contract::call(&host.desk, &operation, input).await {
            Ok(output) => axum::Json(output).into_response(),
            Err(error) => refused(&error),
        },
    }
}

async fn document(
    State(host): State<Arc<Host>>,
    Segment(operation): Segment<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    match host.input(&headers, &body) {
        Err(refusal) => refusal.into_response(),
        Ok(input) => match handed_over(&host.desk, &operation, input).await {
            Ok((document, logged)) => {
                let disposition = format!("attachment; filename*=UTF-8''{}", encoded(&document.name));
                let headers = [
                    (CONTENT_TYPE, document.media_type.to_owned()),
                    (CONTENT_DISPOSITION, disposition),
                    (MISSING, encoded(&document.missing.iter().collect::<String>())),
                    (LOGGED, encoded(&serde_json::json!(logged).to_string())),
                ];
                (headers, document.bytes).into_response()
            }
            Err(error) => refused(&error),
        },
    }
}

/// Makes a document and hands it over: it has left with the answer that carries it.
async fn handed_over(
    desk: &Desk,
    operation: &str,
    input: serde_json::Value,
) -> Result<(Document, Option<Logged>), ApiError> {
    let output = contract::document(desk, operation, input).await?;
    hand_over(desk, output, |document| async { Ok(document) }).await
}

impl Host {
    fn input(&self, headers: &HeaderMap, body: &[u8]) -> Result<serde_json::Value, StatusCode> {
        if headers.get(TOKEN).and_then(|token| token.to_str().ok()) != Some(self.token.as_str()) {
            return Err(StatusCode::FORBIDDEN);
        }
        serde_json::from_slice(body).map_err(|_| StatusCode::BAD_REQUEST)
    }
}

/// Any text as a header may carry it.
fn encoded(text: &str) -> String {
    let letter = |byte: u8| {
        if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") }
    };
    text.bytes().map(letter).collect()
}

fn refused(error: &ApiError) -> Response {
    (StatusCode::UNPROCESSABLE_ENTITY, axum::Json(serde_json::json!(error))).into_response()
}
