//! What the connector does. The desk's API is described in ../../cpp/connector.cpp.

use crate::abi;
use crate::call::{document, stop, Call, Effect, Stop};
use crate::json::{quoted, Json};

pub struct Desk {
    base_url: String,
}

impl Desk {
    pub fn new(config: &str) -> Option<Desk> {
        let config = Json::parse(config)?;
        Some(Desk { base_url: config.get("base_url").text()?.to_string() })
    }

    pub fn check(&self, call: &Call) -> Result<(), Stop> {
        call.json(Effect::Read, &format!("{}/me", self.base_url), "").map(|_| ())
    }

    /// A webhook says that something happened, not what is true now: read it back.
    pub fn receive(&self, call: &Call, body: &str) -> Result<(), Stop> {
        let message = Json::parse(body).unwrap_or(Json::Null);
        let id = message
            .get("ticket")
            .plain()
            .ok_or_else(|| stop(abi::REJECTED, "bad_message", "the message names no ticket"))?;
        let observed_at = rfc3339(call.now_ms());
        let answer = call.http(Effect::Read, &self.ticket_url(id), "")?;
        if answer.status == 404 {
            return Ok(()); // deleted since
        }
        call.emit("case", &case_record(&document(&answer, Effect::Read)?, &observed_at)?)
    }

    /// One page in one call; the host calls again at once while there is more.
    pub fn poll(&self, call: &Call, cursor: &str) -> Result<(), Stop> {
        let observed_at = rfc3339(call.now_ms());
        let after = if cursor.is_empty() || cursor.starts_with('{') { "0" } else { cursor };
        let url = format!("{}/tickets?changed_after={}", self.base_url, url_encode(after));
        let page = call.json(Effect::Read, &url, "")?;
        let next = page
            .get("last_change")
            .plain()
            .ok_or_else(|| stop(abi::RETRY, "bad_answer", "a page without last_change"))?;
        for ticket in page.get("tickets").items() {
            call.emit("case", &case_record(ticket, &observed_at)?)?;
        }
        call.set_cursor(next);
        Ok(())
    }

    /// Look, do, look again.
    pub fn add_note(&self, call: &Call, key: &str, payload: &str, attempt: u32) -> Result<(), Stop> {
        let payload = Json::parse(payload).unwrap_or(Json::Null);
        let ticket = payload.get("case").get("external_id").text().unwrap_or("");
        let notes = format!("{}/notes", self.ticket_url(ticket));
        if attempt > 1 && self.find_note(call, &notes, key)? {
            return Ok(());
        }
        let text = quoted(payload.get("text").text().unwrap_or(""));
        let body = format!("{{\"text\":{},\"tag\":{},\"internal\":true}}", text, quoted(key));
        match call.json(Effect::Write, &notes, &body) {
            Ok(note) => {
                set_id(call, &note);
                Ok(())
            }
            Err(trouble) if trouble.outcome == abi::UNKNOWN => match self.find_note(call, &notes, key) {
                Ok(true) => Ok(()),
                _ => Err(trouble),
            },
            Err(trouble) => Err(trouble),
        }
    }

    /// Looks for the note that carries the command's key, and makes it the result.
    fn find_note(&self, call: &Call, notes: &str, key: &str) -> Result<bool, Stop> {
        let found = call.json(Effect::Read, &format!("{}?tag={}", notes, url_encode(key)), "")?;
        let note = found.get("notes").items().iter().find(|note| note.get("tag").text() == Some(key));
        if let Some(note) = note {
            set_id(call, note);
        }
        Ok(note.is_some())
    }

    fn ticket_url(&self, id: &str) -> String {
        format!("{}/tickets/{}", self.base_url, url_encode(id))
    }
}

fn set_id(call: &Call, note: &Json) {
    call.set_result(&format!("{{\"external_id\":{}}}", quoted(note.get("id").plain().unwrap_or(""))));
}

fn case_record(ticket: &Json, observed_at: &str) -> Result<String, Stop> {
    if ["changed", "subject", "created"].iter().any(|name| ticket.get(name).text().is_none()) {
        return Err(stop(abi::RETRY, "bad_answer", "a ticket cannot be read"));
    }
    let text = |name: &str| quoted(ticket.get(name).text().unwrap_or(""));
    let mut record = format!(
        "{{\"source\":{{\"external_id\":{},\"updated_at\":{},\"observed_at\":{}}},\"subject\":{},\"state\":{},\"created_at\":{}",
        quoted(ticket.get("id").plain().unwrap_or("")),
        text("changed"),
        quoted(observed_at),
        text("subject"),
        if matches!(ticket.get("open"), Json::Bool(true)) { "\"open\"" } else { "\"closed\"" },
        text("created")
    );
    if let Some(email) = ticket.get("email").text() {
        record += &format!(",\"requester\":{{\"email\":{}}}", quoted(email));
    }
    if let Some(order) = ticket.get("order").text() {
        record += &format!(",\"order_number\":{}", quoted(order));
    }
    Ok(record + "}")
}

fn url_encode(text: &str) -> String {
    text.bytes()
        .map(|c| match c {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => (c as char).to_string(),
            c => format!("%{:02X}", c),
        })
        .collect()
}

/// Days since 1970 to a date of the Gregorian calendar, by eras of 400 years.
fn rfc3339(milliseconds: i64) -> String {
    let (days, in_day) = (milliseconds.div_euclid(86_400_000), milliseconds.rem_euclid(86_400_000));
    let shifted = days + 719_468;
    let (era, day_of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    let (hour, minute, second) = (in_day / 3_600_000, in_day / 60_000 % 60, in_day / 1000 % 60);
    format!("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", year, month, day, hour, minute, second, in_day % 1000)
}
