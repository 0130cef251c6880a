//! One call in progress: the host's functions, and what the end of an exchange means.

use crate::abi::{self, Header, Host, Outcome, Request, Response, Str};
use crate::json::Json;

/// Why a call ends with something other than DONE.
pub struct Stop {
    pub outcome: Outcome,
    pub code: &'static str,
    pub message: String,
    pub retry_after_ms: u64,
}

pub fn stop(outcome: Outcome, code: &'static str, message: &str) -> Stop {
    Stop { outcome, code, message: message.to_string(), retry_after_ms: 0 }
}

#[derive(Clone, Copy, PartialEq)]
pub enum Effect {
    Read,
    Write,
}

impl Effect {
    /// What is left when nobody knows whether a request took effect.
    fn open_end(self) -> Outcome {
        if self == Effect::Read { abi::RETRY } else { abi::UNKNOWN }
    }
}

pub struct Answer {
    pub status: i32,
    pub retry_after_ms: u64,
    pub body: String,
}

pub struct Call<'a> {
    pub host: &'a Host,
    pub handle: *mut abi::Call,
}

impl Call<'_> {
    /// Sends and waits. Any status is an answer.
    pub fn http(&self, effect: Effect, url: &str, body: &str) -> Result<Answer, Stop> {
        let header = |name, value| Header { name: Str::of(name), value: Str::of(value) };
        let headers = [
            header("Authorization", "Bearer {{secret:token}}"),
            header("Accept", "application/json"),
            header("Content-Type", "application/json"),
        ];
        let request = Request {
            size: std::mem::size_of::<Request>(),
            method: Str::of(if effect == Effect::Read { "GET" } else { "POST" }),
            url: Str::of(url),
            headers: headers.as_ptr(),
            header_count: if effect == Effect::Read { 2 } else { 3 },
            body: Str::of(body),
            flags: 0,
            timeout_ms: 0,
            max_response_bytes: 0,
        };
        let mut response = Response {
            size: std::mem::size_of::<Response>(),
            status: 0,
            headers: std::ptr::null(),
            header_count: 0,
            body: Str::empty(),
        };
        // The request lives until http returns; the response is copied before the next call of the host.
        let outcome = unsafe { (self.host.http)(self.handle, &request, &mut response) };
        let body = unsafe { response.body.to_text() };
        match outcome {
            abi::ANSWERED => Ok(Answer { status: response.status, retry_after_ms: retry_after_ms(&response), body }),
            abi::NOT_SENT => Err(stop(abi::RETRY, "unreachable", &body)),
            abi::STOPPING => Err(stop(abi::RETRY, "stopping", &body)),
            abi::REFUSED => Err(stop(abi::REJECTED, "not_allowed", &body)),
            _ => Err(stop(effect.open_end(), "no_answer", &body)),
        }
    }
    /// Sends and gives the document of a 2xx.
    pub fn json(&self, effect: Effect, url: &str, body: &str) -> Result<Json, Stop> {
        document(&self.http(effect, url, body)?, effect)
    }
    pub fn emit(&self, kind: &str, record: &str) -> Result<(), Stop> {
        match unsafe { (self.host.emit)(self.handle, Str::of(kind), Str::of(record)) } {
            abi::DONE => Ok(()),
            _ => Err(stop(abi::RETRY, "bad_answer", "a ticket cannot be read")),
        }
    }
    pub fn set_cursor(&self, cursor: &str) {
        unsafe { (self.host.set_cursor)(self.handle, Str::of(cursor)) }
    }
    pub fn set_result(&self, result: &str) {
        unsafe { (self.host.set_result)(self.handle, Str::of(result)) }
    }
    pub fn now_ms(&self) -> i64 {
        unsafe { (self.host.now_ms)(self.handle) }
    }
    pub fn fail(&self, stop: &Stop) {
        unsafe { (self.host.fail)(self.handle, Str::of(stop.code), Str::of(&stop.message), stop.retry_after_ms) }
    }
}

/// The document of an answer, or what a status outside 2xx means.
pub fn document(answer: &Answer, effect: Effect) -> Result<Json, Stop> {
    let words = format!("answered {}", answer.status);
    let wait = |code, retry_after_ms| Stop { outcome: abi::RETRY, code, message: words.clone(), retry_after_ms };
    match answer.status {
        200..=299 => {
            Json::parse(&answer.body).ok_or_else(|| stop(effect.open_end(), "bad_answer", "the answer is not JSON"))
        }
        401 | 403 => Err(wait("unauthorized", 60_000)),
        425 | 429 => Err(wait("throttled", answer.retry_after_ms)),
        503 if answer.retry_after_ms > 0 => Err(wait("throttled", answer.retry_after_ms)),
        408 | 500..=599 => Err(stop(effect.open_end(), "server_error", &words)),
        _ => Err(stop(abi::REJECTED, "refused", &words)),
    }
}

/// Retry-After in seconds; a date is left to the hub's own backoff.
fn retry_after_ms(response: &Response) -> u64 {
    (0..response.header_count)
        .map(|i| unsafe { &*response.headers.add(i) })
        .find(|header| unsafe { header.name.to_text() } == "retry-after")
        .and_then(|header| unsafe { header.value.to_text() }.parse::<u32>().ok())
        .map_or(0, |seconds| u64::from(seconds) * 1000)
}
