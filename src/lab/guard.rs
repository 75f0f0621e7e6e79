//! Who may ask: only pages that this lab served itself, on this machine, with its key.
//!
//! A page of another site can make a browser send requests here. What it cannot do is choose the names `Host` and `Origin`, or
//! know the key; so every route, those without the key included, looks at these first. The key travels in the part of an
//! address that browsers keep to themselves, and then in a header, which no form and no picture can set.

use std::sync::{Mutex, PoisonError};

use axum::http::{HeaderMap, Method, StatusCode, header};
use subtle::ConstantTimeEq;

use super::key::new_key;
use super::rate::Rate;
use super::room::{Room, Turned};

/// Questions that may come at once, and how many more each second.
const QUESTIONS: (f64, f64) = (120.0, 60.0);

/// The same of files of the page, of which a class asks for many when it comes in.
const FILES: (f64, f64) = (4000.0, 200.0);

/// Who asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Role {
    /// Whoever opens the page, or wants to join.
    Anybody,
    /// Who started the lab.
    Teacher,
    /// Who joined, with their key.
    Member(String),
}

/// Routes that are open to those who joined.
const OF_MEMBERS: [&str; 8] = [
    "/api/lab",
    "/api/alive",
    "/api/market",
    "/api/question",
    "/api/picture",
    "/api/room",
    "/api/play",
    "/api/debrief",
];

/// What a request has to bring.
#[derive(Debug)]
pub(super) struct Guard {
    port: u16,
    key: String,
    questions: Mutex<Rate>,
    files: Mutex<Rate>,
    room: Option<Room>,
}

impl Guard {
    /// A guard with a key that nobody can guess, and a room for others if there is one.
    pub fn new(port: u16, room: Option<Room>) -> Result<Self, getrandom::Error> {
        Ok(Self {
            port,
            key: new_key()?,
            questions: Mutex::new(Rate::new(QUESTIONS)),
            files: Mutex::new(Rate::new(FILES)),
            room,
        })
    }

    pub fn key(&self) -> &str {
        &self.key
    }

    /// The room that others can join.
    pub fn room(&self) -> Option<&Room> {
        self.room.as_ref()
    }

    /// Whether a request may go on, and who it is from: what each route asks for.
    pub fn admit(
        &self,
        method: &Method,
        headers: &HeaderMap,
        path: &str,
    ) -> Result<Role, StatusCode> {
        let text = |name| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
        let host = text(header::HOST).unwrap_or_default();
        let of_room = self.room().filter(|room| room.host() == host);
        let is_here = self.is_own(host);
        if !is_here && of_room.is_none() {
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
        if !path.starts_with("/api/") {
            let reads = *method == Method::GET || *method == Method::HEAD;
            return match reads {
                true => in_time(&self.files).map(|()| Role::Anybody),
                false => Err(StatusCode::METHOD_NOT_ALLOWED),
            };
        }
        let bearer = text(header::AUTHORIZATION).and_then(|text| text.strip_prefix("Bearer "));
        let role = self.role(bearer.unwrap_or_default(), path, is_here)?;
        if *method != Method::POST {
            return Err(StatusCode::METHOD_NOT_ALLOWED);
        }
        let kind = text(header::CONTENT_TYPE).unwrap_or_default();
        let kind = kind.split(';').next().unwrap_or_default().trim();
        if kind.eq_ignore_ascii_case("application/json") {
            Ok(role)
        } else {
            Err(StatusCode::UNSUPPORTED_MEDIA_TYPE)
        }
    }

    /// Who has that key. The teacher's is taken on this machine only.
    fn role(&self, key: &str, path: &str, is_here: bool) -> Result<Role, StatusCode> {
        if is_here && key.as_bytes().ct_eq(self.key.as_bytes()).into() {
            return in_time(&self.questions).map(|()| Role::Teacher);
        }
        let room = self.room().ok_or(StatusCode::UNAUTHORIZED)?;
        if path == "/api/join" {
            return in_time(&self.questions).map(|()| Role::Anybody);
        }
        match room.admit(key) {
            Err(Turned::Away) => Err(StatusCode::UNAUTHORIZED),
            Err(Turned::Later) => Err(StatusCode::TOO_MANY_REQUESTS),
            Ok(()) if OF_MEMBERS.contains(&path) => Ok(Role::Member(key.to_owned())),
            Ok(()) => Err(StatusCode::FORBIDDEN),
        }
    }

    /// Whether a name is one of this machine's own for this port.
    fn is_own(&self, host: &str) -> bool {
        let port = self.port;
        [format!("127.0.0.1:{port}"), format!("localhost:{port}")]
            .iter()
            .any(|own| own == host)
    }
}

/// Whether there were not too many just now.
fn in_time(rate: &Mutex<Rate>) -> Result<(), StatusCode> {
    let mut rate = rate.lock().unwrap_or_else(PoisonError::into_inner);
    if rate.has_time() {
        Ok(())
    } else {
        Err(StatusCode::TOO_MANY_REQUESTS)
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
        let guard = |port| Guard::new(port, None).expect("random bytes");
        let [one, other] = [guard(1), guard(2)];
        assert_ne!(one.key(), other.key());
        assert_eq!(one.key().len(), 48);
    }

    /// Headers of a page of the lab, some of them replaced.
    fn asking(guard: &Guard, changed: &[(&'static str, &str)]) -> HeaderMap {
        let bearer = format!("Bearer {}", guard.key());
        let good = [
            ("host", "127.0.0.1:81"),
            ("origin", "http://127.0.0.1:81"),
            ("sec-fetch-site", "same-origin"),
            ("authorization", &bearer),
            ("content-type", "application/json"),
        ];
        let value = |name: &str, kept| {
            let other = changed.iter().find(|(changed, _)| *changed == name);
            other.map_or(kept, |(_, value)| *value)
        };
        headers(&good.map(|(name, kept)| (name, value(name, kept))))
    }

    #[test]
    fn the_first_thing_that_is_wrong_is_answered() {
        let guard = Guard::new(81, None).expect("random bytes");
        let ask = |method: &Method, headers: &HeaderMap, path: &str| {
            let asked = guard.admit(method, headers, path);
            asked.map_err(|status| status.as_u16())
        };
        let good = asking(&guard, &[]);
        assert_eq!(ask(&Method::POST, &good, "/api/save"), Ok(Role::Teacher));
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
            ("authorization", "Bearer ", 401),
            ("authorization", "Basic x", 401),
            ("content-type", "application/x-www-form-urlencoded", 415),
            ("content-type", "multipart/form-data; boundary=x", 415),
            ("content-type", "text/plain", 415),
        ] {
            let asked = ask(&Method::POST, &asking(&guard, &[(name, value)]), "/api/lab");
            assert_eq!(asked, Err(expected), "{name}: {value}");
        }
        assert_eq!(ask(&Method::POST, &HeaderMap::new(), "/api/lab"), Err(421));
        assert_eq!(ask(&Method::GET, &good, "/api/lab"), Err(405));
        let bare = headers(&[("host", "127.0.0.1:81")]);
        assert_eq!(
            ask(&Method::GET, &bare, "/"),
            Ok(Role::Anybody),
            "the page itself needs no key"
        );
        assert_eq!(
            ask(&Method::POST, &bare, "/api/join"),
            Err(401),
            "there is no room"
        );
    }

    #[test]
    fn those_who_join_may_less_and_the_teachers_key_stays_here() {
        let room = Room::new([192, 168, 1, 20].into(), 81).expect("random bytes");
        let guard = Guard::new(81, Some(room)).expect("random bytes");
        let room = guard.room().expect("a room");
        let bearer = format!("Bearer {}", room.join(room.code()).expect("the code"));
        let there = [
            ("host", "192.168.1.20:81"),
            ("origin", "http://192.168.1.20:81"),
        ];
        let ask = |changed: &[(&'static str, &str)], path: &str| {
            let asked = guard.admit(&Method::POST, &asking(&guard, changed), path);
            asked.map_err(|status| status.as_u16())
        };
        let of_member = [there[0], there[1], ("authorization", bearer.as_str())];
        for path in OF_MEMBERS {
            assert!(
                matches!(ask(&of_member, path), Ok(Role::Member(_))),
                "{path}"
            );
        }
        for path in ["/api/save", "/api/lesson", "/api/none"] {
            assert_eq!(ask(&of_member, path), Err(403), "{path}");
        }
        assert_eq!(
            ask(&there, "/api/lab"),
            Err(401),
            "the teacher's key from elsewhere"
        );
        assert_eq!(ask(&[], "/api/save"), Ok(Role::Teacher));
        let guess = [there[0], there[1], ("authorization", "Bearer 00")];
        assert_eq!(ask(&guess, "/api/lab"), Err(401));
        assert_eq!(ask(&guess, "/api/join"), Ok(Role::Anybody));
        let crossed = [there[0], ("origin", "http://127.0.0.1:81")];
        assert_eq!(ask(&crossed, "/api/lab"), Err(403));
    }

    #[test]
    fn a_flood_is_slowed_down() {
        let guard = Guard::new(81, None).expect("random bytes");
        let good = asking(&guard, &[]);
        let asked = (0..1000).filter(|_| guard.admit(&Method::POST, &good, "/api/lab").is_ok());
        let admitted = asked.count();
        assert!((100..400).contains(&admitted), "{admitted}");
        let more = guard.admit(&Method::POST, &good, "/api/lab");
        assert_eq!(more, Err(StatusCode::TOO_MANY_REQUESTS));
    }
}
