//! Who may ask: only pages that this lab served itself, on this machine, with its key.
//!
//! A page of another site can make a browser send requests here. What it cannot do is choose the names `Host` and `Origin`, or
//! know the key; so every route, those without the key included, looks at these first. The key travels in the part of an
//! address that browsers keep to themselves, and then in a header, which no form and no picture can set.

use std::sync::Mutex;
use std::time::Instant;

use axum::http::{HeaderMap, Method, StatusCode, header};
use subtle::ConstantTimeEq;

/// Requests that may come at once, and how many more each second.
const BURST: f64 = 120.0;
const RATE: f64 = 60.0;

/// Now.
#[expect(
    clippy::disallowed_methods,
    reason = "how often pages ask, and when one was last heard of"
)]
pub(super) fn now() -> Instant {
    Instant::now()
}

/// What a request has to bring.
#[derive(Debug)]
pub(super) struct Guard {
    port: u16,
    key: String,
    rate: Mutex<(f64, Instant)>,
}

impl Guard {
    /// A guard with a key that nobody can guess.
    pub fn new(port: u16) -> Result<Self, getrandom::Error> {
        let mut bytes = [0; 24];
        getrandom::fill(&mut bytes)?;
        Ok(Self {
            port,
            key: bytes.iter().map(|byte| format!("{byte:02x}")).collect(),
            rate: Mutex::new((BURST, now())),
        })
    }

    pub fn key(&self) -> &str {
        &self.key
    }

    /// Whether a request may go on: what each route asks for.
    pub fn admit(
        &self,
        method: &Method,
        headers: &HeaderMap,
        is_api: bool,
    ) -> Result<(), StatusCode> {
        let text = |name| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
        let host = text(header::HOST).unwrap_or_default();
        if !self.is_own(host) {
            return Err(StatusCode::MISDIRECTED_REQUEST);
        }
        let origin = text(header::ORIGIN);
        if origin.is_some_and(|origin| origin.strip_prefix("http://") != Some(host)) {
            return Err(StatusCode::FORBIDDEN);
        }
        let site = headers.get("sec-fetch-site").map(|value| value.as_bytes());
        if site.is_some_and(|site| site != b"same-origin" && site != b"none") {
            return Err(StatusCode::FORBIDDEN);
        }
        if !self.has_time() {
            return Err(StatusCode::TOO_MANY_REQUESTS);
        }
        if !is_api {
            let reads = *method == Method::GET || *method == Method::HEAD;
            return if reads {
                Ok(())
            } else {
                Err(StatusCode::METHOD_NOT_ALLOWED)
            };
        }
        let bearer = text(header::AUTHORIZATION).and_then(|text| text.strip_prefix("Bearer "));
        if !bearer.is_some_and(|given| given.as_bytes().ct_eq(self.key.as_bytes()).into()) {
            return Err(StatusCode::UNAUTHORIZED);
        }
        if *method != Method::POST {
            return Err(StatusCode::METHOD_NOT_ALLOWED);
        }
        let kind = text(header::CONTENT_TYPE).unwrap_or_default();
        let kind = kind.split(';').next().unwrap_or_default().trim();
        if kind.eq_ignore_ascii_case("application/json") {
            Ok(())
        } else {
            Err(StatusCode::UNSUPPORTED_MEDIA_TYPE)
        }
    }

    /// Whether a name is one of this machine's own for this port.
    fn is_own(&self, host: &str) -> bool {
        let port = self.port;
        [format!("127.0.0.1:{port}"), format!("localhost:{port}")]
            .iter()
            .any(|own| own == host)
    }

    /// Whether there were not too many requests just now.
    fn has_time(&self) -> bool {
        let mut rate = self
            .rate
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        let passed = rate.1.elapsed().as_secs_f64();
        *rate = ((rate.0 + passed * RATE).min(BURST), now());
        let has = rate.0 >= 1.0;
        rate.0 -= f64::from(u8::from(has));
        has
    }
}

/// Headers that go with every answer: nothing is loaded from elsewhere, nothing written in a page runs, no other page holds this one.
pub(super) const HEADERS: [(&str, &str); 7] = [
    (
        "content-security-policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    ),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("cache-control", "no-store"),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(all: &[(&'static str, &str)]) -> HeaderMap {
        let pair = |(name, value): &(&'static str, &str)| {
            (
                name.parse().expect("a name"),
                value.parse().expect("a value"),
            )
        };
        all.iter().map(pair).collect::<HeaderMap>()
    }

    #[test]
    fn keys_differ_and_are_long() {
        let [one, other] = [1, 2].map(|port| Guard::new(port).expect("random bytes"));
        assert_ne!(one.key(), other.key());
        assert_eq!(one.key().len(), 48);
    }

    #[test]
    fn the_first_thing_that_is_wrong_is_answered() {
        let guard = Guard::new(81).expect("random bytes");
        let bearer = format!("Bearer {}", guard.key());
        let good = [
            ("host", "127.0.0.1:81"),
            ("origin", "http://127.0.0.1:81"),
            ("sec-fetch-site", "same-origin"),
            ("authorization", &bearer),
            ("content-type", "application/json"),
        ];
        let with = |name: &str, value: &'static str| {
            let changed = good.map(|(own, kept)| {
                if own == name {
                    (own, value)
                } else {
                    (own, kept)
                }
            });
            guard
                .admit(&Method::POST, &headers(&changed), true)
                .map_err(|status| status.as_u16())
        };
        assert_eq!(guard.admit(&Method::POST, &headers(&good), true), Ok(()));
        for (name, value, expected) in [
            ("host", "evil.example:81", 421),
            ("host", "127.0.0.1", 421),
            ("host", "127.0.0.1:81.evil.example", 421),
            ("origin", "http://evil.example", 403),
            ("origin", "null", 403),
            ("origin", "http://localhost:81", 403),
            ("origin", "https://127.0.0.1:81", 403),
            ("sec-fetch-site", "cross-site", 403),
            ("sec-fetch-site", "same-site", 403),
            ("authorization", "Bearer guess", 401),
            ("authorization", "Basic x", 401),
            ("content-type", "application/x-www-form-urlencoded", 415),
            ("content-type", "multipart/form-data; boundary=x", 415),
            ("content-type", "text/plain", 415),
        ] {
            assert_eq!(with(name, value), Err(expected), "{name}: {value}");
        }
        assert_eq!(
            guard.admit(&Method::POST, &headers(&good[1..]), true),
            Err(StatusCode::MISDIRECTED_REQUEST)
        );
        assert_eq!(
            guard.admit(&Method::GET, &headers(&good), true),
            Err(StatusCode::METHOD_NOT_ALLOWED)
        );
        assert_eq!(
            guard.admit(&Method::GET, &headers(&good[..1]), false),
            Ok(()),
            "the page itself needs no key"
        );
    }

    #[test]
    fn a_flood_is_slowed_down() {
        let guard = Guard::new(81).expect("random bytes");
        let page = headers(&[("host", "localhost:81")]);
        let admitted = (0..1000)
            .filter(|_| guard.admit(&Method::GET, &page, false).is_ok())
            .count();
        assert!((100..400).contains(&admitted), "{admitted}");
        assert_eq!(
            guard.admit(&Method::GET, &page, false),
            Err(StatusCode::TOO_MANY_REQUESTS)
        );
    }
}
