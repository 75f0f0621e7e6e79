//! The lab as a server: who may ask, what it answers, and that its figures are those of a run. Spoken to over a plain socket, as
//! a program would that is no browser and keeps to no rules.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{IpAddr, Ipv4Addr, TcpStream};
use std::process::{Child, Stdio};
use std::time::Duration;

use serde_json::{Value, json};

use super::Place;

mod class;
mod controls;
mod load;
mod play;
mod security;
mod sent;

/// A lesson of the course.
pub const LESSON: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/scenarios/course/04-needs-that-go-unnoticed.toml"
);

/// A lab of the small market; it ends with the test.
pub struct Served {
    process: Child,
    pub address: String,
    port: u16,
    key: String,
}

impl Served {
    /// Starts the lab in a folder: of the program that was compiled with the tests, or of the one that `LAB_PROGRAM` names.
    pub fn start(place: &Place, arguments: &str) -> Self {
        let program = std::env::var_os("LAB_PROGRAM");
        let mut process =
            std::process::Command::new(program.unwrap_or(env!("CARGO_BIN_EXE_flywheel").into()))
                .current_dir(place.path(""))
                .args(["lab", "--no-open"])
                .args(arguments.split_whitespace())
                .stdout(Stdio::piped())
                .stderr(Stdio::null())
                .spawn()
                .expect("the program starts");
        let stdout = process.stdout.take().expect("a pipe");
        let mut address = String::new();
        let read = BufReader::new(stdout).read_line(&mut address);
        read.expect("an address");
        let address = address.trim().to_owned();
        let (place, key) = address.split_once("/#key=").expect("a key");
        let port = place.rsplit(':').next().and_then(|port| port.parse().ok());
        Self {
            process,
            port: port.expect("a port"),
            key: key.to_owned(),
            address,
        }
    }

    /// Sends bytes as they are to an address of this machine, and gives the status and all that came back.
    fn raw(&self, address: Ipv4Addr, request: &[u8]) -> (u16, String) {
        let address = (IpAddr::from(address), self.port);
        let mut stream = TcpStream::connect(address).expect("it listens");
        stream
            .set_read_timeout(Some(Duration::from_secs(60)))
            .expect("a time limit");
        // a server that refuses early may close before all is sent
        let _ = stream.write_all(request);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        let text = String::from_utf8_lossy(&answer).into_owned();
        let status = text
            .split(' ')
            .nth(1)
            .and_then(|status| status.parse().ok());
        (status.unwrap_or(0), text)
    }

    /// Sends a request with headers that may be replaced, or left out where they are empty.
    fn request(&self, line: &str, changed: &[(&str, &str)], body: &str) -> (u16, String) {
        self.request_to(Ipv4Addr::LOCALHOST, line, changed, body)
    }

    /// The same to an address of this machine, by whose name it is called.
    fn request_to(
        &self,
        address: Ipv4Addr,
        line: &str,
        changed: &[(&str, &str)],
        body: &str,
    ) -> (u16, String) {
        let host = format!("{address}:{}", self.port);
        let usual = [
            ("Host", host.clone()),
            ("Origin", format!("http://{host}")),
            ("Sec-Fetch-Site", "same-origin".to_owned()),
            ("Authorization", format!("Bearer {}", self.key)),
            ("Content-Type", "application/json".to_owned()),
        ];
        let mut request = format!("{line} HTTP/1.1\r\nConnection: close\r\n");
        for (name, value) in &usual {
            let other = changed.iter().find(|(changed, _)| changed == name);
            let value = other.map_or(value.as_str(), |(_, value)| value);
            if !value.is_empty() {
                request += &format!("{name}: {value}\r\n");
            }
        }
        request += &format!("Content-Length: {}\r\n\r\n{body}", body.len());
        self.raw(address, request.as_bytes())
    }

    fn post(&self, path: &str, body: &Value) -> (u16, Value) {
        read(self.request(&format!("POST {path}"), &[], &body.to_string()))
    }

    /// A request from another machine, as it were, to the address at which others join.
    fn post_elsewhere(&self, path: &str, key: &str, body: &Value) -> (u16, Value) {
        let bearer = format!("Bearer {key}");
        let line = format!("POST {path}");
        let changed = [("Authorization", bearer.as_str())];
        read(self.request_to(ELSEWHERE, &line, &changed, &body.to_string()))
    }

    /// The events of an answer: their names, and what they say.
    fn events(&self, path: &str, body: &Value) -> Vec<(String, Value)> {
        let (status, text) = self.request(&format!("POST {path}"), &[], &body.to_string());
        assert_eq!(status, 200, "{text}");
        let names = text.lines().filter_map(|line| line.strip_prefix("event: "));
        let data = text.lines().filter_map(|line| line.strip_prefix("data: "));
        let data = data.map(|data| serde_json::from_str(data).expect("JSON"));
        names.map(str::to_owned).zip(data).collect()
    }

    /// The frames of an answer, and what it says that is wrong.
    fn frames(&self, before: &Value, after: &Value) -> Vec<Value> {
        let body = json!({"which": which(), "page": "test", "before": before, "after": after, "has_before": false});
        let events = self.events("/api/question", &body).into_iter();
        events.map(|(_, told)| told).collect()
    }

    /// The code of the room.
    fn code(&self) -> String {
        let (_, told) = self.post("/api/lab", &json!({}));
        told["room"]["code"].as_str().expect("a code").to_owned()
    }

    /// The key of one more who joins.
    fn join(&self) -> String {
        let code = json!({"code": self.code().to_lowercase()});
        let (status, told) = self.post_elsewhere("/api/join", "", &code);
        assert_eq!(status, 200, "{told}");
        told["key"].as_str().expect("a key").to_owned()
    }
}

/// The address at which others join in these tests: of this machine too, where it is Linux.
const ELSEWHERE: Ipv4Addr = Ipv4Addr::new(127, 0, 0, 2);

/// Status and JSON of an answer.
fn read((status, text): (u16, String)) -> (u16, Value) {
    let body = text.split_once("\r\n\r\n").map_or("", |(_, body)| body);
    (status, serde_json::from_str(body).unwrap_or_default())
}

/// All routes that take questions.
fn routes() -> Vec<&'static str> {
    let server = include_str!("../../../src/lab/server.rs");
    let pieces = server.split(".route(\"").skip(1);
    let routes: Vec<&str> = pieces.filter_map(|piece| piece.split('"').next()).collect();
    assert!(routes.len() > 10, "{routes:?}");
    routes
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn which() -> Value {
    json!({"scenario": 0, "language": "en"})
}
