//! What the worker of a page calls of the module: plain functions of WebAssembly over one engine and two buffers.

#![expect(
    unsafe_code,
    reason = "names that the worker finds are promises to the linker"
)]

use std::cell::RefCell;

use serde_json::json;

use super::alone::Engine;

#[link(wasm_import_module = "page")]
unsafe extern "C" {
    /// Takes an event: where its name and its text are, and how long.
    safe fn tell(name: *const u8, name_length: usize, text: *const u8, length: usize);
}

/// The engine of a worker, what it is given, and what it gives.
struct Module {
    engine: Engine,
    given: Vec<u8>,
    answer: Vec<u8>,
}

thread_local! {
    static MODULE: RefCell<Module> = RefCell::new(Module::new());
}

impl Module {
    /// An engine without markets, which says what is wrong before it ends by a defect.
    fn new() -> Self {
        std::panic::set_hook(Box::new(|panic| {
            let problem = format!("this is a defect of the program: {panic}");
            event("problem", &json!({"problem": problem}).to_string());
        }));
        Self {
            engine: Engine::default(),
            given: Vec::new(),
            answer: Vec::new(),
        }
    }
}

fn with<T>(work: impl FnOnce(&mut Module) -> T) -> T {
    MODULE.with_borrow_mut(work)
}

fn event(name: &str, text: &str) {
    tell(name.as_ptr(), name.len(), text.as_ptr(), text.len());
}

/// Makes room for what the worker gives; where it is.
#[unsafe(no_mangle)]
extern "C" fn room(length: usize) -> *mut u8 {
    with(|module| {
        module.given.clear();
        module.given.resize(length, 0);
        module.given.as_mut_ptr()
    })
}

/// Answers a question: of what is given, so many bytes are its path, the others its body. A status as of HTTP; the answer stays.
#[unsafe(no_mangle)]
extern "C" fn ask(path_length: usize) -> u32 {
    with(|module| {
        let (path, body) = module.given.split_at(path_length.min(module.given.len()));
        let path = String::from_utf8_lossy(path);
        let told = module.engine.ask(&path, body, &mut event);
        let (status, answer) = match told {
            Ok(answer) => (200, answer),
            Err(refusal) => (refusal.0, json!({"problem": refusal.1})),
        };
        module.answer = answer.to_string().into_bytes();
        status.into()
    })
}

/// Simulates some periods more of the replicate; whether it is at its end, and its tables are the answer.
#[unsafe(no_mangle)]
extern "C" fn step(periods: u32) -> bool {
    with(|module| {
        let tables = module.engine.step(periods);
        let done = tables.is_some();
        module.answer = tables.unwrap_or_default();
        done
    })
}

/// Takes the tables of a replicate that are given; whether they were some of the question.
#[unsafe(no_mangle)]
extern "C" fn take(side: usize) -> bool {
    with(|module| module.engine.take(side, &module.given))
}

/// Where the answer is.
#[unsafe(no_mangle)]
extern "C" fn answer() -> *const u8 {
    with(|module| module.answer.as_ptr())
}

/// How long the answer is.
#[unsafe(no_mangle)]
extern "C" fn answer_length() -> usize {
    with(|module| module.answer.len())
}
