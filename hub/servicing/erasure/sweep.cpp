// Texts about the person, wherever else they lie.
#include <algorithm>
#include <boost/json/serialize.hpp>

#include "hub/servicing/erasure/anonymise.hpp"
#include "hub/servicing/erasure/progress.hpp"

namespace orderhub::servicing {

namespace {

std::uint32_t rows_at_once(SweptPlace place) {
    return place == SweptPlace::messages || place == SweptPlace::cases ? 100 : 300;
}

const char* name_of(SweptPlace place) {
    switch (place) {
        case SweptPlace::messages:
            return "messages";
        case SweptPlace::deliveries:
            return "deliveries";
        case SweptPlace::events:
            return "events";
        case SweptPlace::answers:
            return "answers";
        case SweptPlace::originals:
            return "originals";
        case SweptPlace::flow_runs:
            return "flow_runs";
        case SweptPlace::replays:
            return "replays";
        case SweptPlace::cases:
            return "other_cases";
        case SweptPlace::identities:
            return "other_identities";
        case SweptPlace::history:
            return "other_history";
    }
    return "";
}

bool concerns(const Redaction& redaction, const SweptRow& row) {
    return redaction.is_his(row.record) || redaction.is_his(row.order_id) ||
           redaction.is_his(row.case_id) || std::ranges::any_of(row.texts, [&](const auto& text) {
               return redaction.concerns(text);
           });
}

void redact(const Redaction& redaction, SweptPlace place, SweptRow& row) {
    // An answer shows an order with its cases.
    if (place == SweptPlace::answers) row.type = "case.answer";
    for (auto& text : row.texts)
        text = row.type.empty() ? redaction.redacted(text)
                                : anonymised_json(text, row.type, redaction);
}

/// One row as it is now. False if there is nothing about the person in it any more.
bool erase_row(const ErasureWork& work, const Redaction& redaction, SweptPlace place,
               const std::string& key, boost::json::object& checksums) {
    auto row = work.erasure.swept(place, key);
    if (!row || row->is_open || !concerns(redaction, *row)) return false;
    auto changed = *row;
    redact(redaction, place, changed);
    if (changed.texts == row->texts && place != SweptPlace::messages) return false;
    if (work.row.dry_run) return true;
    const auto checksum = work.erasure.rewrite(place, changed);
    if (place == SweptPlace::events) checksums[key] = checksum;
    return true;
}

}  // namespace

bool sweep_place(const ErasureWork& work, SweptPlace place) {
    const Redaction redaction(work.progress.data);
    const auto rows = work.erasure.sweep(place, work.progress.after, rows_at_once(place));
    boost::json::object checksums;
    std::int64_t erased = 0;
    std::int64_t left = 0;
    for (const SweptRow& row : rows) {
        work.progress.after = row.key;
        // His own cases have had their turn.
        const bool is_own = place == SweptPlace::cases && redaction.is_his(row.key);
        if (is_own || !concerns(redaction, row)) continue;
        if (row.is_open)
            ++left;
        else if (erase_row(work, redaction, place, row.key, checksums))
            ++erased;
    }
    if (erased > 0) work.progress.erased[name_of(place)] += erased;
    if (left > 0) work.progress.left[name_of(place)] += left;
    // Sealed like every event: so the journal itself says which of its lines are not what they
    // were, and what they are now.
    if (!checksums.empty())
        work.work.journal("journal.erased", {}, {},
                          {{"erasure", work.row.id}, {"events", std::move(checksums)}});
    return rows.size() < rows_at_once(place);
}

}  // namespace orderhub::servicing
