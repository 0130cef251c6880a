//! Paperdesk in Rust, without crates: the same connector as in ../cpp. This file is the border: no panic passes it.

mod abi;
mod call;
mod desk;
mod json;

use abi::{Command, Connector, Host, Message, Outcome, Str};
use call::{Call, Stop};
use desk::Desk;
use std::os::raw::c_void;
use std::panic::{catch_unwind, AssertUnwindSafe};

const MANIFEST: &str = include_str!("../manifest.json");
const MANIFEST_LEN: usize = MANIFEST.len();

const fn manifest_bytes() -> [u8; MANIFEST_LEN] {
    let mut bytes = [0; MANIFEST_LEN];
    let mut i = 0;
    while i < MANIFEST_LEN {
        bytes[i] = MANIFEST.as_bytes()[i];
        i += 1;
    }
    bytes
}

/// In a section of its own, from which the host reads it before any code runs (OH_MANIFEST).
#[used]
#[link_section = "orderhub_manifest"]
static MANIFEST_SECTION: [u8; MANIFEST_LEN] = manifest_bytes();

struct Instance {
    host: *const Host,
    desk: Desk,
}

/// Runs `body` for one call and turns what comes of it into an outcome.
fn guard(raw: *mut c_void, handle: *mut abi::Call, body: impl FnOnce(&Desk, &Call) -> Result<(), Stop>) -> Outcome {
    let instance = unsafe { &*(raw as *const Instance) };
    let call = Call { host: unsafe { &*instance.host }, handle };
    let trouble = match catch_unwind(AssertUnwindSafe(|| body(&instance.desk, &call))) {
        Ok(Ok(())) => return abi::DONE,
        Ok(Err(stop)) => stop,
        Err(_) => call::stop(abi::UNKNOWN, "connector_error", "the connector panicked"),
    };
    call.fail(&trouble);
    trouble.outcome
}

extern "C" fn describe() -> Str {
    Str { data: MANIFEST_SECTION.as_ptr(), len: MANIFEST_LEN }
}

extern "C" fn create(host: *const Host, config: Str, out: *mut *mut c_void, error: *mut Str) -> Outcome {
    let made = catch_unwind(|| Desk::new(&unsafe { config.to_text() })).unwrap_or(None);
    match made {
        Some(desk) => {
            unsafe { *out = Box::into_raw(Box::new(Instance { host, desk })) as *mut c_void };
            abi::DONE
        }
        None => {
            unsafe { *error = Str::of("base_url is missing") };
            abi::REJECTED
        }
    }
}

extern "C" fn check(raw: *mut c_void, handle: *mut abi::Call) -> Outcome {
    guard(raw, handle, |desk, call| desk.check(call))
}

extern "C" fn receive(raw: *mut c_void, handle: *mut abi::Call, message: *const Message) -> Outcome {
    guard(raw, handle, |desk, call| desk.receive(call, &unsafe { (*message).body.to_text() }))
}

extern "C" fn poll(raw: *mut c_void, handle: *mut abi::Call, cursor: Str) -> Outcome {
    guard(raw, handle, |desk, call| desk.poll(call, &unsafe { cursor.to_text() }))
}

extern "C" fn execute(raw: *mut c_void, handle: *mut abi::Call, command: *const Command) -> Outcome {
    guard(raw, handle, |desk, call| {
        let command = unsafe { &*command };
        let (key, payload) = unsafe { (command.key.to_text(), command.payload.to_text()) };
        desk.add_note(call, &key, &payload, command.attempt)
    })
}

extern "C" fn destroy(raw: *mut c_void) {
    drop(unsafe { Box::from_raw(raw as *mut Instance) });
}

#[no_mangle]
#[allow(non_upper_case_globals)]
pub static orderhub_connector: Connector = Connector {
    magic: abi::MAGIC,
    abi_major: 1,
    abi_minor: 0,
    reserved: 0,
    size: std::mem::size_of::<Connector>(),
    describe,
    create,
    check,
    receive: Some(receive),
    poll: Some(poll),
    execute: Some(execute),
    destroy,
    get_extension: None,
};
