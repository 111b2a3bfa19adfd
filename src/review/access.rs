//! Who may ask: only a browser that was given the secret address, and only from the page itself.

use std::sync::Arc;

use axum::extract::{Query, Request, State};
use axum::http::header::{self, HeaderName};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::error::ReviewError;
use super::page;
use crate::error::Tongue;
use crate::hash::sha256;

/// What every answer forbids the browser: to run or load anything that does not come from here, to be shown inside another
/// page, to keep anything, to tell anybody the address.
const HEADERS: [(HeaderName, &str); 6] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
         base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    ),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::CACHE_CONTROL, "no-store"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// The address of the page, and the secret that opens it.
#[derive(Debug, Clone)]
pub struct Access {
    port: u16,
    token: String,
}

impl Access {
    /// Access at a port of this machine with this secret.
    pub fn new(port: u16, token: String) -> Self {
        Self { port, token }
    }

    /// A secret of 256 random bits, in hexadecimal digits.
    ///
    /// # Errors
    /// Where the operating system gives no random numbers.
    pub fn new_token() -> Result<String, ReviewError> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).map_err(|error| ReviewError::Server(error.into()))?;
        Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
    }

    /// The address that opens the page; whoever has it can read and decide.
    pub fn address(&self) -> String {
        format!("http://{}/?token={}", self.host(), self.token)
    }

    fn host(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// Pages on other ports of this machine share cookies, so the name tells them apart.
    fn cookie_name(&self) -> String {
        format!("ringwerk-{}", self.port)
    }

    fn cookie(&self) -> String {
        format!("{}={}; Path=/; HttpOnly; SameSite=Strict", self.cookie_name(), self.token)
    }

    /// Hashes are compared, so that the time it takes says nothing about the secret.
    fn is_token(&self, token: &str) -> bool {
        sha256(token.as_bytes()) == sha256(self.token.as_bytes())
    }

    fn has_cookie(&self, headers: &HeaderMap) -> bool {
        let name = self.cookie_name();
        let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
        let mut pairs = cookies.flat_map(|cookies| cookies.split(';')).filter_map(|pair| pair.trim().split_once('='));
        pairs.any(|(key, value)| key == name && self.is_token(value))
    }

    /// Another name for this machine would mean that somebody led the browser here.
    fn is_own_host(&self, headers: &HeaderMap) -> bool {
        only(headers, header::HOST).is_some_and(|host| host == self.host())
    }

    /// Only the page itself may change something; a browser says where a request comes from.
    fn is_own_origin(&self, method: &Method, headers: &HeaderMap) -> bool {
        match only(headers, header::ORIGIN) {
            Some(origin) => origin == format!("http://{}", self.host()),
            None => method == Method::GET && !headers.contains_key(header::ORIGIN),
        }
    }
}

/// The value of a header that must be there once.
fn only(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    let mut values = headers.get_all(name).iter();
    values.next().filter(|_| values.next().is_none())?.to_str().ok()
}

#[derive(Deserialize)]
struct Opening {
    token: Option<String>,
}

/// What stands between the network and the routes.
#[derive(Clone)]
pub(super) struct Guard {
    pub access: Arc<Access>,
    pub tongue: Tongue,
}

/// Answers itself where somebody may not ask; a request with the secret address gets the cookie and goes on without it.
pub(super) async fn guard(State(guard): State<Guard>, request: Request, next: Next) -> Response {
    let mut response = guard.answer(request, next).await;
    for (name, value) in HEADERS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

impl Guard {
    async fn answer(&self, request: Request, next: Next) -> Response {
        let Self { access, tongue } = self;
        let (method, headers) = (request.method(), request.headers());
        if !access.is_own_host(headers) || !access.is_own_origin(method, headers) {
            return (StatusCode::FORBIDDEN, page::refusal(*tongue)).into_response();
        }
        let opening = Query::<Opening>::try_from_uri(request.uri()).ok().and_then(|Query(opening)| opening.token);
        if opening.is_some_and(|token| access.is_token(&token)) && request.uri().path() == "/" {
            return ([(header::SET_COOKIE, access.cookie())], Redirect::to("/")).into_response();
        }
        if !access.has_cookie(headers) {
            return (StatusCode::UNAUTHORIZED, page::refusal(*tongue)).into_response();
        }
        next.run(request).await
    }
}
