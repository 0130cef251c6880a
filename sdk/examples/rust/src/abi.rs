//! `orderhub/connector.h` in Rust: the same structs, field by field. See the header for what each promises.
#![allow(dead_code)]

use std::os::raw::{c_char, c_void};

#[repr(C)]
#[derive(Clone, Copy)]
pub struct Str {
    pub data: *const u8,
    pub len: usize,
}

impl Str {
    pub fn of(text: &str) -> Str {
        Str { data: text.as_ptr(), len: text.len() }
    }
    pub const fn empty() -> Str {
        Str { data: std::ptr::null(), len: 0 }
    }
    /// Copied; what is not UTF-8 is replaced.
    ///
    /// # Safety
    /// The text must still be borrowed.
    pub unsafe fn to_text(self) -> String {
        if self.len == 0 {
            return String::new();
        }
        String::from_utf8_lossy(std::slice::from_raw_parts(self.data, self.len)).into_owned()
    }
}

pub type Outcome = i32;
pub const DONE: Outcome = 0;
pub const RETRY: Outcome = 1;
pub const REJECTED: Outcome = 2;
pub const UNKNOWN: Outcome = 3;

pub const ANSWERED: i32 = 0;
pub const NOT_SENT: i32 = 1;
pub const NO_ANSWER: i32 = 2;
pub const REFUSED: i32 = 3;
pub const STOPPING: i32 = 4;

pub enum Call {}

#[repr(C)]
pub struct Header {
    pub name: Str,
    pub value: Str,
}

#[repr(C)]
pub struct Request {
    pub size: usize,
    pub method: Str,
    pub url: Str,
    pub headers: *const Header,
    pub header_count: usize,
    pub body: Str,
    pub flags: u32,
    pub timeout_ms: u32,
    pub max_response_bytes: u64,
}

#[repr(C)]
pub struct Response {
    pub size: usize,
    pub status: i32,
    pub headers: *const Header,
    pub header_count: usize,
    pub body: Str,
}

#[repr(C)]
pub struct Message {
    pub size: usize,
    pub id: Str,
    pub headers: *const Header,
    pub header_count: usize,
    pub content_type: Str,
    pub body: Str,
    pub received_at_ms: i64,
}

#[repr(C)]
pub struct Command {
    pub size: usize,
    pub kind: Str,
    pub key: Str,
    pub payload: Str,
    pub attempt: u32,
}

/// As of ABI 1.0; later fields are behind these and are not used here.
#[repr(C)]
pub struct Host {
    pub size: usize,
    pub abi_major: u32,
    pub abi_minor: u32,
    pub http: unsafe extern "C" fn(*mut Call, *const Request, *mut Response) -> i32,
    pub emit: unsafe extern "C" fn(*mut Call, Str, Str) -> Outcome,
    pub set_cursor: unsafe extern "C" fn(*mut Call, Str),
    pub set_result: unsafe extern "C" fn(*mut Call, Str),
    pub fail: unsafe extern "C" fn(*mut Call, Str, Str, u64),
    pub state_get: unsafe extern "C" fn(*mut Call, Str, *mut Str),
    pub state_put: unsafe extern "C" fn(*mut Call, Str, Str),
    pub now_ms: unsafe extern "C" fn(*mut Call) -> i64,
    pub sleep_ms: unsafe extern "C" fn(*mut Call, u64),
    pub random: unsafe extern "C" fn(*mut Call, *mut c_void, usize),
    pub log: unsafe extern "C" fn(*mut Call, i32, Str),
    pub get_extension: unsafe extern "C" fn(*const c_char) -> *const c_void,
}

#[repr(C)]
pub struct Connector {
    pub magic: u32,
    pub abi_major: u32,
    pub abi_minor: u32,
    pub reserved: u32,
    pub size: usize,
    pub describe: extern "C" fn() -> Str,
    pub create: extern "C" fn(*const Host, Str, *mut *mut c_void, *mut Str) -> Outcome,
    pub check: extern "C" fn(*mut c_void, *mut Call) -> Outcome,
    pub receive: Option<extern "C" fn(*mut c_void, *mut Call, *const Message) -> Outcome>,
    pub poll: Option<extern "C" fn(*mut c_void, *mut Call, Str) -> Outcome>,
    pub execute: Option<extern "C" fn(*mut c_void, *mut Call, *const Command) -> Outcome>,
    pub destroy: extern "C" fn(*mut c_void),
    pub get_extension: Option<extern "C" fn(*const c_char) -> *const c_void>,
}

/// Functions and static texts only, so it may be shared.
unsafe impl Sync for Connector {}

pub const MAGIC: u32 = 0x4f48_4331;
