// Stripe: captures, cancels and refunds payments, and tells what became of refunds.
#include <orderhub/connector.hpp>
#include <orderhub_manifest.hpp>

#include "commands.hpp"
#include "feed.hpp"
#include "mapping.hpp"

namespace orderhub::stripe {

class Stripe {
public:
    explicit Stripe(const sdk::Document& config) : settings_(to_settings(config)) {}

    void check(sdk::Call& call) {
        Client client(settings_, call);
        for (const char* list : {"/refunds", "/payment_intents", "/events"}) {
            const auto response = client.try_list(list);
            must_be_allowed(response, "may not read " + std::string(list + 1));
            if (!response.ok()) throw stop_for(response, sdk::Effect::read);
        }
        const auto response = client.try_write();
        must_be_allowed(response, "may read refunds but not make them");
        if (response.status != 404) throw stop_for(response, sdk::Effect::read);
        sdk::LeftOut(call, "refund").report();
    }

    void receive(sdk::Call& call, const sdk::Message& message) {
        const Json event = Json::parse(message.body);
        const bool is_event = event["object"].is_text() && event["object"].text() == "event";
        if (!is_event) throw sdk::rejected("not_an_event", "expected an event of Stripe's API v1");
        const Json& account = event["account"];
        if (account.is_text() && account.text() != settings_.account) return;
        Client client(settings_, call);
        if (const std::string id = refund_of_event(event); !id.empty())
            emit_refund(settings_, client, call, id);
    }

    void poll(sdk::Call& call, std::string_view cursor) {
        Client client(settings_, call);
        sdk::LeftOut left_out(call, "refund");
        if (!has_tried_again_)
            left_out.try_again(
                [&](const std::string& id) { take_refund(settings_, client, call, id, left_out); });
        poll_events(settings_, client, call, to_mark(settings_, cursor, call.now_ms()), left_out);
        has_tried_again_ = true;
        left_out.report();
    }

    sdk::PaymentCapture::Result payment_capture(sdk::Call& call, const sdk::Command& command,
                                                const sdk::PaymentCapture& wanted) {
        Client client(settings_, call);
        return Commands(settings_, client, call, command).capture(wanted);
    }

    sdk::PaymentReverse::Result payment_reverse(sdk::Call& call, const sdk::Command& command,
                                                const sdk::PaymentReverse& wanted) {
        Client client(settings_, call);
        return Commands(settings_, client, call, command).reverse(wanted);
    }

    sdk::RefundCreate::Result refund_create(sdk::Call& call, const sdk::Command& command,
                                            const sdk::RefundCreate& wanted) {
        Client client(settings_, call);
        return Commands(settings_, client, call, command).refund(wanted);
    }

private:
    static void must_be_allowed(const sdk::HttpResponse& response, const std::string& otherwise) {
        if (response.status == 401)
            throw sdk::rejected("unauthorized", "Stripe refuses the key: check secret_key");
        if (response.status == 403) throw sdk::rejected("no_permission", "the key " + otherwise);
    }

    const Settings settings_;
    bool has_tried_again_ = false;  ///< what an earlier instance left out
};

}  // namespace orderhub::stripe

ORDERHUB_CONNECTOR(orderhub::stripe::Stripe, ORDERHUB_MANIFEST);
