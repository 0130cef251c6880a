// Entry of the connector.
#include <orderhub/connector.hpp>
#include <orderhub_manifest.hpp>

#include "mapping.hpp"

using namespace orderhub::sdk;

namespace @NAME@ {
namespace {

class @CLASS@ {
public:
    explicit @CLASS@(const Document& config) : base_(config.at("base_url").text()) {}

    /// Can the system be reached, and may the token do what is needed?
    void check(Call& call) {
        // SCAFFOLD: a request that needs the credentials and changes nothing.
        get_json(call, base_ + "/me", headers());
    }

    /// A webhook says that something happened, not what is true now: read it back.
    void receive(Call& call, const Message& message) {
        // SCAFFOLD: where the message names the order.
        const std::string id = Json::parse(message.body).at("order").text_or_digits();
        const std::string observed_at = call.now();
        const HttpResponse answer = call.http({.url = order_url(id), .headers = headers()});
        if (answer.status == 404) return;  // not in this shop
        call.emit(to_order(json_of(answer, Effect::read), observed_at));
    }

    /// One page of what changed since the cursor; the hub calls again at once while there is more.
    void poll(Call& call, std::string_view cursor) {
        // SCAFFOLD: how the system lists what changed, oldest first, and what goes on from there. A cursor that begins
        // with { is {"from": "<instant>"}: a backfill from then on.
        const std::string observed_at = call.now();
        const std::string after = cursor.empty() || cursor.starts_with('{') ? "0" : std::string(cursor);
        const Json page = get_json(call, with_query(base_ + "/orders", {{"changed_after", after}}), headers());
        for (const Json& order : page.at("orders").items())
            call.emit(to_order(order, observed_at));
        call.set_cursor(page.at("last_change").text_or_digits());
    }

    /// Gives money back, once: the refund carries the command's key, by which it is found again.
    RefundCreate::Result refund_create(Call& call, const Command& command, const RefundCreate& refund) {
        const std::string order = order_url(refund.order.external_id);
        const std::string tag(command.key);
        // SCAFFOLD: where the system keeps the key, and how it is asked for it.
        const auto find = [&]() -> std::optional<RefundCreate::Result> {
            for (const Json& each : get_json(call, order, headers()).at("refunds").items())
                if (each["tag"] == Json(tag)) return result_of(each);
            return std::nullopt;
        };
        // SCAFFOLD: the request that refunds.
        const auto act = [&] {
            const Json body = Json::object({{"payment", refund.payment.external_id},
                                            {"amount", refund.amount},
                                            {"reason", refund.reason},
                                            {"tag", tag}});
            return result_of(send_json(call, json_request("POST", order + "/refunds", headers(), body)));
        };
        return do_once(call, command, find, act);
    }

private:
    static RefundCreate::Result result_of(const Json& refund) {
        RefundCreate::Result result;
        result.external_id = refund.at("id").text_or_digits();
        result.state = RefundCreate::Result::State::succeeded;
        return result;
    }
    // SCAFFOLD: how the system wants the credentials; basic() and oauth2_bearer() are there, too.
    static Headers headers() { return {{"authorization", bearer("token")}}; }
    std::string order_url(const std::string& id) const { return base_ + "/orders/" + url_encode(id); }

    std::string base_;
};

}  // namespace
}  // namespace @NAME@

ORDERHUB_CONNECTOR(@NAME@::@CLASS@, ORDERHUB_MANIFEST);
