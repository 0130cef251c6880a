#include "hub/servicing/erasure/case_texts.hpp"

#include "hub/servicing/codec/codec.hpp"
#include "hub/servicing/desk.hpp"

namespace orderhub::servicing {

namespace {

bool is_old(const domain::Case& support_case, std::int64_t before_ms) {
    return support_case.state == "closed" && support_case.updated_at < before_ms &&
           !(support_case.subject.empty() && support_case.messages.empty());
}

}  // namespace

CaseTextsStep delete_old_case_texts(ErasureUnit unit, const Settings& settings,
                                    const Request& request, std::string_view after,
                                    std::int64_t before_ms, std::uint32_t at_most) {
    const Work work{unit.state, request, settings};
    CaseTextsStep step{std::string(after), 0, false};
    const auto rows = unit.erasure.sweep(SweptPlace::cases, after, at_most);
    for (const SweptRow& row : rows) {
        step.reached = row.key;
        if (!is_old(decode_case(row.texts.front()), before_ms)) continue;
        auto support_case = work.support_case(row.key);
        if (!support_case || !is_old(*support_case, before_ms)) continue;
        support_case->subject.clear();
        support_case->messages.clear();
        work.save(*support_case);
        work.journal("case.texts_deleted", {}, support_case->id, {});
        ++step.deleted;
    }
    step.is_end = rows.size() < at_most;
    return step;
}

}  // namespace orderhub::servicing
