// audit list, export, verify
#include <fmt/format.h>
#include <openssl/sha.h>

#include <array>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <cstdlib>
#include <deque>
#include <map>

#include "hub/cli/commands.hpp"
#include "hub/cli/exit_codes.hpp"
#include "hub/cli/fields.hpp"
#include "hub/cli/journal.hpp"

namespace orderhub::cli {

namespace {

namespace json = boost::json;

constexpr const char* kPath = "/api/v1/audit";

struct Filter {
    std::string actor;
    std::string type;
    std::string order;
    std::string from;
    std::string to;
    std::int64_t limit = 50;
    std::int64_t before = 0;
    std::string format = "jsonl";
    std::string seal;
};

std::vector<std::pair<std::string, std::string>> wishes(const Filter& filter) {
    return {{"actor", filter.actor},
            {"type", filter.type},
            {"order", filter.order},
            {"from", filter.from},
            {"to", filter.to}};
}

Expected<int> list(Session& session, const Filter& filter) {
    auto wanted = wishes(filter);
    wanted.emplace_back("limit", std::to_string(filter.limit));
    if (filter.before > 0) wanted.emplace_back("before", std::to_string(filter.before));
    const auto answer = session.client.get(with_query(kPath, wanted));
    if (!answer) return std::unexpected(answer.error());
    return show(session, *answer, [](const json::value& document) {
        Table table({{"#", Align::right},
                     {"AT"},
                     {"WHO"},
                     {"FROM"},
                     {"WHAT"},
                     {"ORDER OR CASE"},
                     {"DETAILS", Align::left, 100}});
        for (const auto& each : items(document, "/items")) {
            const auto order = text(each, "/order_id");
            table.add({text(each, "/sequence"), instant(each, "/at"), text(each, "/actor"),
                       text(each, "/address"), text(each, "/type"),
                       order.empty() ? text(each, "/case_id") : order,
                       json::serialize(each.at("data"))});
        }
        const auto next = text(document, "/next");
        std::string out = table.empty() ? "Nothing on this page.\n" : table.text();
        if (!next.empty()) out += "There may be more: --before " + next + "\n";
        return out;
    });
}

/// Calls `take` with each event, oldest first, until it gives false.
template <class Take>
Expected<void> each_event(Session& session, const Filter& filter, Take take) {
    std::string after = "0";
    while (!after.empty()) {
        auto wanted = wishes(filter);
        wanted.emplace_back("limit", "1000");
        wanted.emplace_back("after", after);
        const auto page = session.client.get(with_query(kPath, wanted));
        if (!page) return std::unexpected(page.error());
        for (const auto& event : items(page->document, "/items"))
            if (!take(event)) return {};
        after = text(page->document, "/next");
    }
    return {};
}

/// One field of CSV (RFC 4180).
std::string csv(const std::string& field) {
    if (field.find_first_of(",\"\r\n") == field.npos) return field;
    std::string quoted = "\"";
    for (const char each : field)
        quoted += each == '"' ? "\"\"" : std::string(1, each);
    return quoted + "\"";
}

std::string csv_line(const json::value& event) {
    std::string line;
    for (const char* name :
         {"/sequence", "/at", "/actor", "/address", "/type", "/order_id", "/case_id", "/trace"})
        line += csv(text(event, name)) + ",";
    return line + csv(json::serialize(event.at("data"))) + "\r\n";
}

Expected<int> export_all(Session& session, const Filter& filter) {
    const bool as_csv = filter.format == "csv";
    if (as_csv && !print("sequence,at,actor,address,type,order_id,case_id,trace,data\r\n"))
        return kFailed;
    bool read = true;
    const auto done = each_event(session, filter, [&](const json::value& event) {
        read = print(as_csv ? csv_line(event) : json::serialize(event) + "\n");
        return read;
    });
    if (!done) return std::unexpected(done.error());
    return read ? kOk : kFailed;
}

Expected<std::deque<json::value>> all_seals(Session& session) {
    std::deque<json::value> seals;
    std::string after = "0";
    while (!after.empty()) {
        const auto page =
            session.client.get(std::string(kPath) + "/seals?limit=1000&after=" + after);
        if (!page) return std::unexpected(page.error());
        for (const auto& seal : items(page->document, "/items"))
            seals.push_back(seal);
        after = text(page->document, "/next");
    }
    return seals;
}

std::string sha256_hex(const std::string& text) {
    std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
    ::SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data());
    std::string hex;
    for (const unsigned char byte : digest)
        hex += fmt::format("{:02x}", byte);
    return hex;
}

/// Goes over the journal beside its seals.
class Verification {
public:
    Verification(std::deque<json::value> seals, std::string kept)
        : seals_(std::move(seals)), kept_(std::move(kept)) {}

    /// False once something is wrong.
    bool take(const json::value& event) {
        const auto sequence = whole_number(event, "/sequence");
        if (text(event, "/type") == "journal.erased") admit(event);
        while (!seals_.empty() && whole_number(seals_.front(), "/last") < sequence)
            if (!close()) return false;
        const auto checksum = sha256_hex(json::serialize(event));
        const auto before = text(event, "/erased");
        if (!before.empty()) changed_[sequence] = checksum;
        text_ += (before.empty() ? checksum : before) + "\n";
        ++count_;
        return true;
    }

    /// After the last event. Empty: all is as it was sealed.
    std::string end() {
        while (fault_.empty() && !seals_.empty())
            static_cast<void>(close());
        if (fault_.empty() && !changed_.empty())
            fault_ = fmt::format(
                "Something in event {} was erased, and no entry of the journal says so.",
                changed_.begin()->first);
        if (fault_.empty() && !kept_.empty())
            fault_ = "No seal is the one that was kept, " + kept_ +
                     ": the journal was sealed anew, or is another one.";
        return fault_;
    }

    json::object summary() const {
        return {{"whole", fault_.empty()}, {"fault", fault_},          {"seals", verified_},
                {"events", events_},       {"not_sealed_yet", count_}, {"last_seal", last_}};
    }

private:
    /// An erasure says which events it has changed, and what they are since then; of one that was
    /// changed by several, the last one counts.
    void admit(const json::value& erasure) {
        const auto* events = erasure.at("data").as_object().if_contains("events");
        if (events == nullptr || !events->is_object()) return;
        for (const auto& [sequence, checksum] : events->get_object()) {
            const auto found =
                changed_.find(std::strtoll(std::string(sequence).c_str(), nullptr, 10));
            if (found != changed_.end() && checksum == json::string_view(found->second))
                changed_.erase(found);
        }
    }

    bool close() {
        const json::value seal = std::move(seals_.front());
        seals_.pop_front();
        const auto hash = text(seal, "/hash");
        const auto sealed = whole_number(seal, "/events");
        const bool is_same = sha256_hex(hash_before_ + "\n" + text_) == hash;
        if (count_ != sealed || !is_same) {
            fault_ = fmt::format(
                "The events {} to {} are not what was sealed at {}: {}.", text(seal, "/first"),
                text(seal, "/last"), instant(seal, "/sealed_at"),
                count_ == sealed ? "something in them was changed"
                                 : fmt::format("there were {}, now there are {}", sealed, count_));
            return false;
        }
        ++verified_;
        events_ += count_;
        last_ = text(seal, "/last") + ":" + hash;
        if (last_ == kept_) kept_.clear();
        hash_before_ = hash;
        text_.clear();
        count_ = 0;
        return true;
    }

    std::deque<json::value> seals_;
    std::string kept_;
    std::string hash_before_;
    std::string text_;
    std::map<std::int64_t, std::string> changed_;  ///< not accounted for yet: what they are now
    std::string fault_;
    std::string last_;
    std::int64_t count_ = 0;
    std::int64_t verified_ = 0;
    std::int64_t events_ = 0;
};

Expected<int> verify(Session& session, const Filter& filter) {
    auto seals = all_seals(session);
    if (!seals) return std::unexpected(seals.error());
    Verification verification(std::move(*seals), filter.seal);
    const auto read =
        each_event(session, {}, [&](const json::value& event) { return verification.take(event); });
    if (!read) return std::unexpected(read.error());
    const std::string fault = verification.end();
    const json::object summary = verification.summary();
    std::string out = json::serialize(summary) + "\n";
    if (!session.json)
        out = fault.empty()
                  ? fmt::format(
                        "The journal is as it was sealed: {} events under {} seals, {} not "
                        "sealed yet.\nKeep the last seal elsewhere, and give it next time: "
                        "orderhub audit verify --seal {}\n",
                        text(summary, "/events"), text(summary, "/seals"),
                        text(summary, "/not_sealed_yet"), text(summary, "/last_seal"))
                  : fault + "\n";
    return print(out) && fault.empty() ? kOk : kFailed;
}

void add_wishes(CLI::App* command, Filter& filter) {
    command->add_option("--actor", filter.actor, "Exactly, such as agent:ann");
    command->add_option("--type", filter.type, "Its beginning, such as user. or delivery.dropped");
    command->add_option("--order", filter.order, "Id of an order");
    command->add_option("--from", filter.from, "A day or an instant, UTC");
    command->add_option("--to", filter.to, "The instant, or the day's beginning, before which");
}

}  // namespace

void add_audit(const Groups& groups) {
    auto* group = add_group(groups, "audit", "Who did what, when and from where");
    auto listed = std::make_shared<Filter>();
    auto* lister = group->add_subcommand("list", "The newest events, as wished");
    add_wishes(lister, *listed);
    lister->add_option("--limit", listed->limit, "At most so many")
        ->check(CLI::Range(1, 1000))
        ->capture_default_str();
    lister->add_option("--before", listed->before, "Where a list before this one ended");
    on_hub(groups, lister, listed, list);

    auto exported = std::make_shared<Filter>();
    auto* exporter = group->add_subcommand("export", "All events as wished, oldest first");
    add_wishes(exporter, *exported);
    exporter->add_option("--format", exported->format, "jsonl or csv")
        ->check(CLI::IsMember({"jsonl", "csv"}))
        ->capture_default_str();
    on_hub(groups, exporter, exported, export_all);

    auto verified = std::make_shared<Filter>();
    auto* verifier =
        group->add_subcommand("verify", "Is the journal what was sealed? Exit code 1 if not");
    verifier->add_option("--seal", verified->seal,
                         "One that was kept, as verify prints it: LAST:HASH");
    on_hub(groups, verifier, verified, verify);
}

}  // namespace orderhub::cli
