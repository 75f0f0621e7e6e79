//! Long work without the interpreter's lock, which Ctrl-C stops and of which Python hears.

use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

use flywheel::experiment::{Cancel, Observer, Progress, Stage, Work};
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;

/// How often signals are looked for.
const PATIENCE: Duration = Duration::from_millis(20);

/// What is heard of work.
enum Event {
    Begin(Stage),
    Extend(u64),
    Progress(Progress),
    End,
    Note(String),
}

/// Sends what it hears to the thread that waits.
struct Teller(Sender<Event>);

impl Teller {
    fn tell(&self, event: Event) {
        // whoever waits goes on waiting until the work is done
        let _ = self.0.send(event);
    }
}

impl Observer for Teller {
    fn begin(&mut self, stage: Stage) {
        self.tell(Event::Begin(stage));
    }

    fn extend(&mut self, cells: u64) {
        self.tell(Event::Extend(cells));
    }

    fn progress(&mut self, progress: Progress) {
        self.tell(Event::Progress(progress));
    }

    fn end(&mut self) {
        self.tell(Event::End);
    }

    fn note(&mut self, text: &str) {
        self.tell(Event::Note(text.to_owned()));
    }
}

/// Does work on another thread while this one, without the lock, looks for signals and tells `display` how it goes.
/// Work is asked to stop where a signal's handler raises an exception, as Ctrl-C does, and then the exception is given.
pub fn interruptible<T: Send>(
    py: Python<'_>,
    display: Option<&Py<PyAny>>,
    work: impl FnOnce(&Cancel, &mut dyn Observer) -> T + Send,
) -> PyResult<T> {
    let cancel = &Cancel::default();
    let (sender, events) = channel();
    let (done, raised) = py.detach(move || {
        std::thread::scope(|scope| {
            let worker = scope.spawn(move || work(cancel, &mut Teller(sender)));
            let raised = wait(display, &events, cancel);
            (worker.join(), raised)
        })
    });
    match (done, raised) {
        (_, Some(raised)) => Err(raised),
        (Ok(done), None) => Ok(done),
        (Err(_), None) => Err(PyRuntimeError::new_err(
            "an internal error, which should be reported, with what was printed above",
        )),
    }
}

/// Waits until the work is done; what was raised meanwhile.
fn wait(display: Option<&Py<PyAny>>, events: &Receiver<Event>, cancel: &Cancel) -> Option<PyErr> {
    let mut raised = None;
    loop {
        let event = match events.recv_timeout(PATIENCE) {
            Ok(event) => Some(event),
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => return raised,
        };
        if raised.is_some() {
            continue;
        }
        raised = Python::attach(|py| {
            let shown = match (display, event) {
                (Some(display), Some(event)) => show(display.bind(py), event),
                _ => Ok(()),
            };
            shown.and_then(|()| py.check_signals()).err()
        });
        if raised.is_some() {
            cancel.cancel();
        }
    }
}

/// Tells the display, an object of `flywheel._progress`.
fn show(display: &Bound<'_, PyAny>, event: Event) -> PyResult<()> {
    match event {
        Event::Begin(stage) => {
            let analysis = match stage.work {
                Work::Analysis(number) => Some(number),
                _ => None,
            };
            display.call_method1("begin", (analysis, stage.cells))?
        }
        Event::Extend(cells) => display.call_method1("extend", (cells,))?,
        Event::Progress(progress) => {
            display.call_method1("update", (progress.cells, progress.periods))?
        }
        Event::End => display.call_method0("end")?,
        Event::Note(text) => display.call_method1("note", (text,))?,
    };
    Ok(())
}
