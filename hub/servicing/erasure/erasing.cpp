#include "hub/servicing/erasure/erasing.hpp"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "hub/domain/customer.hpp"
#include "hub/linking/contact.hpp"
#include "hub/servicing/codec/codec.hpp"
#include "hub/servicing/erasure/anonymise.hpp"
#include "hub/servicing/erasure/progress.hpp"

namespace orderhub::servicing {

namespace {

namespace json = boost::json;

constexpr std::uint32_t kMostIdentities = 1'000;
constexpr std::uint32_t kMostErasures = 1'000;

template <SweptPlace place>
bool sweep_one(const ErasureWork& work) {
    return sweep_place(work, place);
}

constexpr std::size_t kFirstSweep = 5;
constexpr std::array<Phase, 15> kPhases{collect_orders,
                                        collect_cases,
                                        erase_orders,
                                        erase_cases,
                                        erase_customer,
                                        sweep_one<SweptPlace::messages>,
                                        sweep_one<SweptPlace::deliveries>,
                                        sweep_one<SweptPlace::events>,
                                        sweep_one<SweptPlace::answers>,
                                        sweep_one<SweptPlace::originals>,
                                        sweep_one<SweptPlace::flow_runs>,
                                        sweep_one<SweptPlace::replays>,
                                        sweep_one<SweptPlace::cases>,
                                        sweep_one<SweptPlace::identities>,
                                        sweep_one<SweptPlace::history>};

json::object counts_view(const Counts& counts) {
    json::object view;
    for (const auto& [what, count] : counts)
        view[what] = count;
    return view;
}

Counts counts_of(const json::object& from) {
    Counts counts;
    for (const auto& [what, count] : from)
        counts[std::string(what)] = count.as_int64();
    return counts;
}

/// Nothing that was looked for is kept.
void finish(const ErasureWork& work) {
    work.row.reason = Redaction(work.progress.data).redacted(work.row.reason);
    work.row.state = "done";
    work.progress.data = {};
    if (work.row.dry_run) return;
    work.work.journal("customer.erased", {}, {},
                      {{"erasure", work.row.id},
                       {"customer_id", work.row.customer_id},
                       {"reason", work.row.reason},
                       {"erased", counts_view(work.progress.erased)},
                       {"kept", counts_view(work.progress.kept)}});
}

/// After the last phase: what was still needed is looked for again later.
void end_round(const ErasureWork& work) {
    if (work.row.dry_run || work.progress.left.empty()) return finish(work);
    work.row.state = "waiting";
    work.progress.phase = kFirstSweep;
}

std::string text_at(const json::value& record, const char* pointer) {
    json::error_code failed;
    const auto* found = record.find_pointer(pointer, failed);
    return found != nullptr && found->is_string() ? std::string(found->get_string())
                                                  : std::string();
}

/// When the person of a record was erased; 0 if never.
std::int64_t person_erased_at(ErasureState& state, std::string_view connector,
                              const json::value& record, const std::string& contact) {
    domain::Customer person;
    person.external_id = text_at(record, (contact + "/external_id").c_str());
    const auto email = linking::normal_email(text_at(record, (contact + "/email").c_str()));
    std::int64_t at = 0;
    for (const auto& identity : domain::identities(person, connector, email))
        at = std::max(at, state.identity_erased_at(domain::key_of(identity)));
    return at;
}

}  // namespace

std::string Progress::to_text() const {
    json::object document{{"phase", phase},
                          {"after", after},
                          {"erased", counts_view(erased)},
                          {"kept", counts_view(kept)},
                          {"left", counts_view(left)},
                          {"data", data.to_json()}};
    return json::serialize(document);
}

Progress Progress::from_text(std::string_view text) {
    const auto value = json::parse(text);
    const auto& document = value.as_object();
    return {static_cast<std::size_t>(document.at("phase").as_int64()),
            std::string(document.at("after").as_string()),
            PersonalData::from_json(document.at("data").as_object()),
            counts_of(document.at("erased").as_object()),
            counts_of(document.at("kept").as_object()),
            counts_of(document.at("left").as_object())};
}

Result<ErasureRow> Erasing::begin(ErasureUnit unit, const Request& request,
                                  std::string_view customer_id, const std::string& reason,
                                  bool dry_run) const {
    // Of one that waits the customer may be gone already.
    for (auto& other : unit.erasure.erasures(kMostErasures))
        if (other.customer_id == customer_id && other.state != "done" && !other.dry_run && !dry_run)
            return std::move(other);
    auto customer = unit.state.customer(customer_id);
    if (customer && !customer->joined_into.empty())
        customer = unit.state.customer(customer->joined_into);
    if (!customer)
        return fail(ErrorKind::NotFound, "no_such_customer",
                    "there is no customer " + std::string(customer_id));
    if (customer->kind != "person")
        return fail(ErrorKind::Conflict, "not_a_person",
                    "a business account is no person: erase its buyers");
    if (reason.find_first_not_of(" \t\r\n") == reason.npos)
        return fail(ErrorKind::Invalid, "no_reason", "say why", "/reason");
    Progress progress;
    domain::Customer named;
    named.name = customer->name;
    progress.data.add(named);
    for (const auto& each : unit.state.identities(customer->id, kMostIdentities)) {
        progress.data.add_email(each.value);
        progress.data.names_him.insert(each.key);
        if (!dry_run) unit.erasure.mark_identity_erased(each.key, request.now_ms);
    }
    for (const auto& mailbox : unit.erasure.mailboxes_of(customer->id))
        progress.data.add_email(mailbox);
    ErasureRow row{settings_.make_id("er"), customer->id, "running", dry_run, request.actor,
                   request.address,         reason,       {},        {},      {}};
    row.document = progress.to_text();
    row.started_at = row.updated_at = request.now_ms;
    unit.erasure.save_erasure(row);
    return row;
}

void Erasing::step(ErasureUnit unit, ErasureRow& row, std::int64_t now_ms) const {
    const Request request{row.actor, row.id, now_ms, {}, row.address};
    const Work work{unit.state, request, settings_};
    Progress progress = Progress::from_text(row.document);
    const ErasureWork erasure{work, unit.erasure, row, progress};
    row.state = "running";
    if (progress.phase == kFirstSweep && progress.after.empty()) progress.left.clear();
    if (kPhases.at(progress.phase)(erasure)) {
        progress.after.clear();
        if (++progress.phase == kPhases.size()) end_round(erasure);
    }
    row.document = progress.to_text();
    row.updated_at = now_ms;
    unit.erasure.save_erasure(row);
}

std::optional<std::string> Erasing::screened(ErasureUnit unit, std::string_view connector,
                                             std::string_view kind, std::string_view record,
                                             std::int64_t now_ms) const {
    const bool is_order = kind == "order";
    if ((!is_order && kind != "case") || !unit.erasure.any_erased()) return std::nullopt;
    json::error_code failed;
    json::value value = json::parse(record, failed);
    if (failed || !value.is_object()) return std::nullopt;
    const auto external_id = text_at(value, "/source/external_id");
    if (unit.erasure.erased_at(connector, kind, external_id) == 0) {
        const bool is_known = is_order
                                  ? unit.state.order_by_source(connector, external_id).has_value()
                                  : unit.state.case_by_source(connector, external_id).has_value();
        if (is_known) return std::nullopt;
        const auto erased =
            person_erased_at(unit.erasure, connector, value, is_order ? "/customer" : "/requester");
        const auto began = from_rfc3339(text_at(value, is_order ? "/placed_at" : "/created_at"));
        if (erased == 0 || (began && *began >= erased)) return std::nullopt;
        unit.erasure.mark_erased(connector, kind, external_id, now_ms);
    }
    anonymise(value.get_object(), kind);
    return json::serialize(value);
}

json::object erasure_view(const ErasureRow& row) {
    const Progress progress = Progress::from_text(row.document);
    return {{"id", row.id},
            {"customer_id", row.customer_id},
            {"state", row.state},
            {"dry_run", row.dry_run},
            {"actor", row.actor},
            {"reason", row.reason},
            {"erased", counts_view(progress.erased)},
            {"kept", counts_view(progress.kept)},
            {"left", counts_view(progress.left)},
            {"started_at", to_rfc3339(row.started_at)},
            {"updated_at", to_rfc3339(row.updated_at)}};
}

}  // namespace orderhub::servicing
