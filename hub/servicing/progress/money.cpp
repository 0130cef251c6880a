// Refunds, captures and reversals as their provider answers.
#include <algorithm>

#include "hub/domain/snapshot.hpp"
#include "hub/servicing/actions/planning.hpp"
#include "hub/servicing/progress/money_moves.hpp"
#include "hub/servicing/progress/progress.hpp"
#include "hub/servicing/reader.hpp"

namespace orderhub::servicing {

namespace {

using domain::MoneyState;

/// What an answer says about a movement of money.
struct Answer {
    MoneyState state = MoneyState::reserved;
    std::string external_id;
    std::string reference;
    std::string message;
};

std::optional<MoneyState> state_of_delivery(const std::string& state) {
    if (state == "in_flight") return MoneyState::sent;
    if (state == "waiting") return MoneyState::reserved;
    if (state == "unknown") return MoneyState::unknown;
    if (state == "dropped") return MoneyState::failed;
    return std::nullopt;
}

/// Of a movement that stands at `now`.
Result<Answer> read_answer(const DeliveryProgress& progress, MoneyState now) {
    Answer answer;
    answer.state = state_of_delivery(progress.state).value_or(now);
    answer.message = progress.message;
    if (progress.state != "done") return answer;
    const auto result = result_of(progress);
    if (!result) return std::unexpected(result.error());
    std::optional<Error> error;
    const Reader from(*result, "", error, "bad_result");
    answer.external_id = from.text("external_id");
    answer.reference = from.text("reference");
    answer.message = from.text("message");
    answer.state = from.choice("state", MoneyState::pending);
    if (error) return std::unexpected(*error);
    return answer;
}

bool is_over(MoneyState state) {
    return state == MoneyState::succeeded || state == MoneyState::failed;
}

/// Books the answer; what is over is not touched again. True if the state moved.
template <class Movement>
bool book(Movement& movement, const Answer& answer) {
    if (!answer.external_id.empty()) movement.external_id = answer.external_id;
    if (is_over(movement.state)) return false;
    movement.message = answer.message;
    return move_money(movement.state, answer.state);
}

void raise_operation_failed(const Work& work, domain::Order& order,
                            const domain::PaymentOperation& operation) {
    const bool captures = operation.kind == domain::OperationKind::capture;
    domain::ProcessException exception;
    exception.code = captures ? "capture_failed" : "reversal_failed";
    exception.subject = operation.id;
    exception.category = "payment";
    exception.severity = exception.priority = "high";
    exception.message = std::string(captures ? "the capture" : "the reversal") +
                        " did not succeed: " + operation.message;
    exception.raised_at = work.request.now_ms;
    domain::raise_exception(order, std::move(exception));
}

domain::PaymentOperation* find_operation(domain::Order& order, const std::string& key) {
    for (domain::Payment& payment : order.payments)
        for (domain::PaymentOperation& each : payment.operations)
            if (each.key == key) return &each;
    return nullptr;
}

}  // namespace

Result<void> progress_refund(const Work& work, domain::Order& order,
                             const DeliveryProgress& progress) {
    mark_parked(work, order, progress, "payment");
    const auto found = std::ranges::find(order.refunds, progress.key, &domain::Refund::key);
    if (found == order.refunds.end()) return {};
    const auto answer = read_answer(progress, found->state);
    if (!answer) return std::unexpected(answer.error());
    const std::string known_as = found->external_id;
    const bool moved = book(*found, *answer);
    if (!answer->reference.empty()) found->reference = answer->reference;
    if (moved && progress.state == "done") found->done_at = work.request.now_ms;
    if (moved && found->state == MoneyState::failed)
        raise_failed(order, *found, work.request.now_ms);
    if (moved || known_as != found->external_id) update_mirrored(work, order, *found);
    return {};
}

Result<void> progress_operation(const Work& work, domain::Order& order,
                                const DeliveryProgress& progress) {
    mark_parked(work, order, progress, "payment");
    domain::PaymentOperation* operation = find_operation(order, progress.key);
    if (operation == nullptr) return {};
    const auto answer = read_answer(progress, operation->state);
    if (!answer) return std::unexpected(answer.error());
    if (book(*operation, *answer) && operation->state == MoneyState::failed)
        raise_operation_failed(work, order, *operation);
    return {};
}

}  // namespace orderhub::servicing
