//! A headless Chromium, spoken to in the DevTools protocol over a pipe: it needs no port and no further package.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};
use tempfile::TempDir;

/// Names under which Chromium is installed.
const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "chrome"];

/// A browser with one page.
pub struct Browser {
    process: Child,
    orders: ChildStdin,
    answers: BufReader<ChildStdout>,
    session: String,
    last: u64,
    /// From where the page may load; empty where it may load nothing.
    own: String,
    /// What the page wrote to its console, and what went wrong in its scripts.
    complaints: Vec<String>,
    _profile: TempDir,
}

impl Browser {
    /// Starts the browser with an empty page.
    pub fn start() -> Self {
        let profile = tempfile::tempdir().expect("a folder for the profile");
        // the browser reads its orders from descriptor 3 and answers on 4; the shell makes them of our pipes
        let script = "exec \"$0\" \"$@\" 3<&0 4>&1 0</dev/null 1>/dev/null 2>/dev/null";
        let name = NAMES
            .into_iter()
            .find(|name| is_installed(name))
            .expect("Chromium is installed");
        let mut process = Command::new("sh")
            .args(["-c", script, name])
            .args([
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--hide-scrollbars",
                "--remote-debugging-pipe",
            ])
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the shell starts");
        let orders = process.stdin.take().expect("a pipe for orders");
        let answers = process.stdout.take().expect("a pipe for answers");
        let mut browser = Self {
            process,
            orders,
            answers: BufReader::new(answers),
            session: String::new(),
            last: 0,
            own: String::new(),
            complaints: Vec::new(),
            _profile: profile,
        };
        let target = browser.order("Target.createTarget", json!({"url": "about:blank"}));
        let attach = json!({"targetId": target["targetId"], "flatten": true});
        let attached = browser.order("Target.attachToTarget", attach);
        let session = attached["sessionId"].as_str().expect("a session");
        session.clone_into(&mut browser.session);
        for domain in ["Page", "Runtime", "Log", "Network"] {
            browser.order(&format!("{domain}.enable"), json!({}));
        }
        browser
    }

    /// Gives an order and waits for its result.
    pub fn order(&mut self, method: &str, parameters: Value) -> Value {
        self.last += 1;
        let mut order = json!({"id": self.last, "method": method, "params": parameters});
        if !self.session.is_empty() {
            order["sessionId"] = json!(self.session);
        }
        write!(self.orders, "{order}\0").expect("the browser takes orders");
        self.orders.flush().expect("the browser takes orders");
        loop {
            let message = self.next_message();
            if message["id"] == self.last {
                assert!(message["error"].is_null(), "{method}: {message}");
                return message["result"].clone();
            }
            self.note(&message);
        }
    }

    fn next_message(&mut self) -> Value {
        let mut bytes = Vec::new();
        let read = self.answers.read_until(0, &mut bytes);
        assert!(read.expect("the browser answers") > 0, "the browser ended");
        bytes.pop();
        serde_json::from_slice(&bytes).expect("answers are JSON")
    }

    /// Keeps errors, and requests for anything but the page itself.
    fn note(&mut self, message: &Value) {
        let parameters = &message["params"];
        let complaint = match message["method"].as_str().unwrap_or_default() {
            "Runtime.exceptionThrown" => &parameters["exceptionDetails"],
            "Runtime.consoleAPICalled" => parameters,
            "Log.entryAdded" => &parameters["entry"],
            "Network.requestWillBeSent" => {
                let url = parameters["request"]["url"].as_str().unwrap_or_default();
                let is_page = url.starts_with("file://") && parameters["type"] == "Document";
                let is_own = !self.own.is_empty() && url.starts_with(&self.own);
                let is_held = url.starts_with("data:") || url.starts_with("blob:");
                if is_page || is_own || is_held {
                    return;
                }
                &parameters["request"]
            }
            _ => return,
        };
        self.complaints.push(complaint.to_string());
    }

    /// Opens a page in a window of that size, and waits until it is loaded and drawn. Forgets earlier complaints.
    pub fn open(&mut self, page: &Path, (width, height): (u32, u32)) {
        self.own.clear();
        self.visit(&format!("file://{}", page.display()), (width, height));
    }

    /// Opens a page of a server likewise, which may load what the server has.
    pub fn open_address(&mut self, address: &str, size: (u32, u32)) {
        self.own = address
            .split(['#', '?'])
            .next()
            .unwrap_or_default()
            .to_owned();
        self.visit(address, size);
    }

    fn visit(&mut self, url: &str, size: (u32, u32)) {
        self.complaints.clear();
        self.resize(size);
        self.order("Page.navigate", json!({"url": url}));
        while self.value("document.readyState") != "complete" {
            std::thread::sleep(Duration::from_millis(20));
        }
        self.settle();
    }

    /// Changes the size of the window.
    pub fn resize(&mut self, (width, height): (u32, u32)) {
        let size =
            json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false});
        self.order("Emulation.setDeviceMetricsOverride", size);
    }

    /// Waits until what was changed is drawn.
    pub fn settle(&mut self) {
        self.value("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(1))))");
    }

    /// The value of an expression in the page; a promise is awaited.
    pub fn value(&mut self, expression: &str) -> Value {
        let order = json!({"expression": expression, "returnByValue": true, "awaitPromise": true});
        let answer = self.order("Runtime.evaluate", order);
        let thrown = &answer["exceptionDetails"];
        assert!(thrown.is_null(), "{expression}: {thrown}");
        answer["result"]["value"].clone()
    }

    /// What the page complained about since it was opened.
    pub fn complaints(&mut self) -> Vec<String> {
        self.settle();
        self.complaints.clone()
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn is_installed(name: &str) -> bool {
    let output = Command::new(name).arg("--version").output();
    output.is_ok_and(|output| output.status.success())
}
