#include "hub/flows/graph.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "hub/domain/pointer.hpp"

namespace orderhub::flows {

namespace json = boost::json;

namespace {

constexpr std::size_t kLabelWidth = 60;

/// What a step says of itself, without the steps inside it.
json::object own_words(const Step& step) {
    json::object own = step.written;
    for (const char* inner : {"otherwise", "compensate", "id"})
        own.erase(inner);
    if (auto* settings = own.at(to_text(step.kind)).if_object())
        for (const char* inner : {"then", "else", "do"})
            settings->erase(inner);
    return own;
}

std::string label_of(const Step& step) {
    json::object own = own_words(step);
    const json::value& settings = own.at(to_text(step.kind));
    std::string said =
        settings.is_string() ? std::string(settings.get_string()) : json::serialize(settings);
    std::erase_if(said, [](char c) { return c == '{' || c == '}'; });
    std::ranges::replace(said, '"', '\'');
    std::ranges::replace(said, '\n', ' ');
    if (said.size() > kLabelWidth) said = said.substr(0, kLabelWidth) + "...";
    return fmt::format("{}: {}", to_text(step.kind), said);
}

class Chart {
public:
    explicit Chart(const Flow& flow) : flow_(flow) {}

    std::string draw() {
        text_ = "flowchart TD\n  done([end])\n";
        std::string entry = list("/after", "done");
        if (flow_.action) {
            text_ += fmt::format("  action[[{}]]\n", domain::to_text(*flow_.action));
            arrow("action", entry);
            entry = list("/before", "action");
        }
        text_ += fmt::format("  start([{}])\n", flow_.name);
        arrow("start", entry);
        return text_ + arrows_;
    }

private:
    /// Draws a list that goes on at `exit`; gives where it begins.
    std::string list(const std::string& pointer, const std::string& exit) {
        auto pointers = flow_.list(pointer);
        std::string entry = exit;
        for (auto each = pointers.rbegin(); each != pointers.rend(); ++each)
            entry = step(*flow_.at(*each), entry);
        return entry;
    }

    std::string step(const Step& step, const std::string& exit) {
        const bool asks = step.kind == StepKind::branch || step.kind == StepKind::check ||
                          step.kind == StepKind::approval;
        text_ += asks ? fmt::format("  {}{{\"{}\"}}\n", step.id, label_of(step))
                      : fmt::format("  {}[\"{}\"]\n", step.id, label_of(step));
        if (step.kind == StepKind::branch) {
            arrow(step.id, list(step.pointer + "/branch/then", exit), "yes");
            arrow(step.id, list(step.pointer + "/branch/else", exit), "no");
        } else if (step.kind == StepKind::for_each) {
            arrow(step.id, list(step.pointer + "/for_each/do", step.id), "each");
            arrow(step.id, exit, "all done");
        } else {
            arrow(step.id, exit);
        }
        if (step.written.contains("otherwise"))
            arrow(step.id, list(step.pointer + "/otherwise", exit), "too late");
        if (step.written.contains("compensate"))
            arrow(step.id, list(step.pointer + "/compensate", "undone"), "a later step fails");
        return step.id;
    }

    void arrow(const std::string& from, const std::string& to, const char* label = nullptr) {
        arrows_ += label == nullptr ? fmt::format("  {} --> {}\n", from, to)
                                    : fmt::format("  {} -->|{}| {}\n", from, label, to);
    }

    const Flow& flow_;
    std::string text_;
    std::string arrows_;
};

void compare(const std::string& at, const json::value& before, const json::value& after,
             std::string& changes) {
    if (before == after) return;
    const auto* a = before.if_object();
    const auto* b = after.if_object();
    if (a == nullptr || b == nullptr) {
        changes += fmt::format("{}{} {} -> {}", changes.empty() ? "" : ", ", at,
                               json::serialize(before), json::serialize(after));
        return;
    }
    static const json::value none = nullptr;
    for (const auto& [name, value] : *a) {
        const auto* other = b->if_contains(name);
        compare(pointer_below(at, name), value, other == nullptr ? none : *other, changes);
    }
    for (const auto& [name, value] : *b)
        if (!a->contains(name)) compare(pointer_below(at, name), none, value, changes);
}

}  // namespace

std::string mermaid(const Flow& flow) {
    return Chart(flow).draw();
}

std::vector<std::string> differences(const Flow& before, const Flow& after) {
    std::vector<std::string> found;
    for (const Step& step : before.steps())
        if (after.find(step.id) == nullptr)
            found.push_back(fmt::format("- {} at {}: {}", step.id, step.pointer, label_of(step)));
    for (const Step& step : after.steps()) {
        const Step* earlier = before.find(step.id);
        if (earlier == nullptr) {
            found.push_back(fmt::format("+ {} at {}: {}", step.id, step.pointer, label_of(step)));
            continue;
        }
        std::string changes;
        compare("", own_words(*earlier), own_words(step), changes);
        if (earlier->pointer != step.pointer)
            changes += fmt::format("{}moved from {} to {}", changes.empty() ? "" : ", ",
                                   earlier->pointer, step.pointer);
        if (!changes.empty()) found.push_back(fmt::format("~ {}: {}", step.id, changes));
    }
    return found;
}

}  // namespace orderhub::flows
