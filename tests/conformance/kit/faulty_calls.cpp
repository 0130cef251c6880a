// check, receive, poll and execute of the faulty connector, and most of its faults.
#include <cstdlib>
#include <mutex>
#include <stdexcept>
#include <thread>

#include "faulty.hpp"

namespace orderhub::faulty {
namespace {

using sdk::Effect;

std::mutex mutex;

/// Breaks of connector.h's rules, all in check().
void break_a_rule(Task& task) {
    if (task.self.breaks("host_in_lock")) {
        const std::lock_guard lock(mutex);
        task.log("with a lock");
    }
    if (task.self.breaks("host_in_catch")) {
        try {
            throw std::runtime_error("for the catch handler");
        } catch (const std::exception&) {
            task.log("in a catch handler");
        }
    }
    if (task.self.breaks("host_calls")) task.self.host->set_cursor(nullptr, borrow("somewhere"));
    if (task.self.breaks("threads")) std::thread([&] { task.log("from a thread"); }).join();
}

bool is_lost(const Answer& answer, std::string_view words) {
    return answer.outcome == OH_HTTP_NO_ANSWER && answer.words.contains(words);
}

/// What a fault makes of the answer to the write; nothing if none does.
std::optional<oh_outcome> misjudged(Task& task, const Answer& answer) {
    const Instance& self = task.self;
    const int status = answer.response.status;
    const auto says = [&](bool holds, const sdk::Stop& stop) -> std::optional<oh_outcome> {
        if (!holds) return std::nullopt;
        return task.end(stop);
    };
    const sdk::Stop rejected = sdk::rejected("misjudged", "a wrong conclusion");
    const sdk::Stop retry = sdk::retry("misjudged", "a wrong conclusion");
    if (self.breaks("fault_4xx")) return says(status == 400 || status == 422, retry);
    if (self.breaks("fault_5xx")) return says(status == 502, retry);
    if (self.breaks("fault_reset_after")) return says(is_lost(answer, "reset"), retry);
    if (self.breaks("fault_reset_before")) return says(!answer.is_answered(), rejected);
    if (self.breaks("fault_half_close")) return says(is_lost(answer, "partial"), retry);
    if (self.breaks("fault_huge_body")) return says(is_lost(answer, "limit"), rejected);
    if (self.breaks("fault_slow_body")) return says(is_lost(answer, "within the time"), rejected);
    const bool agreed = answer.is_answered() && answer.response.ok();
    const bool is_page = answer.response.header("content-type").contains("html");
    if (self.breaks("fault_content_type") && agreed && is_page) return oh_outcome{OH_DONE};
    if (self.breaks("fault_invalid_utf8"))
        return says(agreed && !is_page && !answer.body(), rejected);
    if (self.breaks("fault_403") && status == 403) return oh_outcome{OH_DONE};
    if (self.breaks("fault_409") && status == 409) return oh_outcome{OH_DONE};
    return std::nullopt;
}

/// Whether the desk has the note of that key; nothing if it cannot be told.
std::optional<bool> has_note(Task& task, std::string_view key, Answer& answer) {
    answer = task.send("GET", "/notes?key=" + std::string(key));
    const auto body = answer.is_answered() && answer.response.ok() ? answer.body() : std::nullopt;
    const json::value* notes = body ? body->if_contains("notes") : nullptr;
    if (!notes || !notes->is_array()) return std::nullopt;
    return !notes->get_array().empty();
}

bool looks_before(Task& task, const oh_command& command) {
    const std::string key(view(command.key));
    if (task.self.breaks("once")) return false;
    if (task.self.breaks("kill_execute")) return task.self.current == key;
    return command.attempt > 1;
}

oh_outcome done(Task& task, const oh_command& command) {
    const bool is_wrong = task.self.breaks("execute");
    task.self.host->set_result(task.call(), borrow(is_wrong ? R"({"id": 5})" : "{}"));
    task.self.host->state_put(task.call(), command.key, borrow("done"));
    return OH_DONE;
}

oh_outcome write_note(Task& task, const oh_command& command) {
    const std::string key(view(command.key));
    task.self.current = key;
    const std::string body = json::serialize(json::object{{"key", key}, {"text", "A note"}});
    const Answer answer = task.send("POST", "/notes", body);
    if (answer.words.contains("being stopped") && task.self.breaks("destroy_busy"))
        return task.end(sdk::rejected("stopping", "for good"));
    if (answer.stop) return task.end(answer, Effect::write);
    if (const auto wrong = misjudged(task, answer)) return *wrong;
    if (answer.is_answered() && answer.response.ok() && answer.body()) return done(task, command);
    const int status = answer.response.status;
    const bool is_open = !answer.is_answered() || status < 300 || status >= 500 || status == 408;
    if (answer.outcome == OH_HTTP_NOT_SENT || !is_open) return task.end(answer, Effect::write);
    Answer look;
    if (has_note(task, key, look).value_or(false)) return done(task, command);
    return task.end(answer, Effect::write);
}

/// Forgets what it read in an earlier life once it was told that somebody has it.
bool acknowledges(Task& task) {
    return !task.self.breaks("kill_poll") || task.send("POST", "/ack", "{}").is_answered();
}

}  // namespace

oh_outcome check(Task& task) {
    break_a_rule(task);
    if (task.self.breaks("check")) return task.end(sdk::rejected("never", "it never works"));
    const Answer answer = task.send("GET", "/cases?after=0");
    if (answer.is_answered() && answer.response.ok() && answer.body()) return OH_DONE;
    return task.end(answer, Effect::read);
}

oh_outcome receive(Task& task, const oh_message& message) {
    json::error_code error;
    const json::value parsed = json::parse(view(message.body), error);
    const json::object* const body = error ? nullptr : parsed.if_object();
    const json::value* const id = body ? body->if_contains("id") : nullptr;
    if (task.self.breaks("fuzz") && !id) std::abort();
    if (!id || !id->is_string() || id->get_string().size() > 20)
        return task.end(sdk::rejected("bad_message", "it names no case"));
    if (task.self.breaks("receive")) return OH_DONE;
    task.self.current = id->get_string();
    const std::string wanted(id->get_string());
    for (const char c : wanted)
        if (c < '0' || c > '9') return task.end(sdk::rejected("bad_message", "it names no case"));
    Answer answer = task.send("GET", "/cases/" + wanted);
    auto found = answer.is_answered() && answer.response.ok() ? answer.body() : std::nullopt;
    if (!found) return task.end(answer, Effect::read);
    if (task.self.breaks("parallel")) (*found)["id"] = task.self.current;
    return task.emit_case(*found) ? oh_outcome{OH_DONE} : task.end(answer, Effect::read);
}

oh_outcome poll(Task& task, std::string_view cursor) {
    const bool by_offset = task.self.breaks("pages_change");
    const std::string at(cursor.empty() ? "0" : cursor);
    const bool has_offset = by_offset && at != "0";
    const Answer answer = task.send("GET", (has_offset ? "/cases?offset=" : "/cases?after=") + at);
    const auto body = answer.is_answered() && answer.response.ok() ? answer.body() : std::nullopt;
    const json::value* const cases = body ? body->if_contains("cases") : nullptr;
    if (!cases || !cases->is_array()) return task.end(answer, Effect::read);
    if (!acknowledges(task)) return task.end(sdk::retry("no_answer", "not acknowledged"));
    const std::int64_t now = task.self.host->now_ms(task.call()) / 1000;
    std::string last = at;
    for (const json::value& each : cases->get_array()) {
        const json::object* const one = each.if_object();
        const bool is_late = one && one->contains("seconds") && task.self.breaks("clock") &&
                             std::abs(one->at("seconds").to_number<std::int64_t>() - now) > 300;
        if (is_late) continue;
        if (!task.emit_case(each)) return task.end(answer, Effect::read);
        last = by_offset ? std::to_string(std::stoi(last) + 1)
                         : std::string(one->at("id").as_string());
    }
    if (task.self.breaks("poll")) last = "9";
    task.self.host->set_cursor(task.call(), borrow(last));
    return OH_DONE;
}

oh_outcome execute(Task& task, const oh_command& command) {
    if (task.self.breaks("looks_first")) {
        oh_str known{};
        task.self.host->state_get(task.call(), command.key, &known);
        return known.len > 0 ? done(task, command) : write_note(task, command);
    }
    if (!looks_before(task, command)) return write_note(task, command);
    Answer answer;
    const auto found = has_note(task, view(command.key), answer);
    if (!found) return task.end(answer, Effect::read);
    return *found ? done(task, command) : write_note(task, command);
}

}  // namespace orderhub::faulty
