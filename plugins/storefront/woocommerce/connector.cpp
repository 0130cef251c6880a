// WooCommerce: orders of one shop by REST v3.
#include <orderhub/connector.hpp>
#include <orderhub_manifest.hpp>

#include "commands.hpp"
#include "feed.hpp"

namespace orderhub::woocommerce {

class WooCommerce {
public:
    explicit WooCommerce(const sdk::Document& config) : settings_(to_settings(config)) {}

    void check(sdk::Call& call) {
        Client client(settings_, call);
        client.changed(call.now_ms(), 1, 1);
        const int status = settings_.managed ? client.trial_of_writing() : 400;
        if (status == 401 || status == 403)
            throw sdk::rejected("no_permission",
                                "the key may read orders but not change them: it "
                                "needs Read/Write, and a user who manages orders");
        sdk::LeftOut(call, "order").report();
    }

    /// A notice says little that can be relied on: the order is read.
    void receive(sdk::Call& call, const sdk::Message& message) {
        const Json body = Json::parse(message.body);
        if (!body["id"].is_number()) {
            call.log(OH_LOG_WARN,
                     "a notice without an order's id: does its user still manage orders?");
            return;
        }
        Client client(settings_, call);
        const auto found = client.order(body["id"].text_or_digits());
        if (found)
            emit_order(settings_, call, *found);
        else
            call.log(OH_LOG_INFO,
                     "order " + body["id"].text_or_digits() + " is gone from the shop");
    }

    void poll(sdk::Call& call, std::string_view cursor) {
        Client client(settings_, call);
        documents::Mark mark = to_mark(settings_, cursor, call.now_ms());
        sdk::LeftOut left_out(call, "order");
        if (!has_tried_again_)
            left_out.try_again([&](const std::string& id) {
                if (const auto found = client.order(id))
                    left_out.take(id, [&] { emit_order(settings_, call, *found); });
            });
        emit_changes(settings_, client, call, mark, left_out);
        call.set_cursor(documents::to_json(mark).dump());
        has_tried_again_ = true;
        left_out.report();
    }

    sdk::OrderCancel::Result order_cancel(sdk::Call& call, const sdk::Command& command,
                                          const sdk::OrderCancel& wanted) {
        Client client(settings_, call);
        return Commands(settings_, client, call, command).cancel(wanted);
    }

    sdk::RefundCreate::Result refund_create(sdk::Call& call, const sdk::Command& command,
                                            const sdk::RefundCreate& wanted) {
        Client client(settings_, call);
        return Commands(settings_, client, call, command).refund(wanted);
    }

    sdk::FulfilmentCreate::Result fulfilment_create(sdk::Call& call, const sdk::Command& command,
                                                    const sdk::FulfilmentCreate& wanted) {
        Client client(settings_, call);
        return Commands(settings_, client, call, command).send(wanted);
    }

    sdk::FulfilmentUpdate::Result fulfilment_update(sdk::Call& call, const sdk::Command& command,
                                                    const sdk::FulfilmentUpdate& wanted) {
        Client client(settings_, call);
        return Commands(settings_, client, call, command).move(wanted);
    }

private:
    const Settings settings_;
    bool has_tried_again_ = false;  ///< what an earlier instance left out
};

}  // namespace orderhub::woocommerce

ORDERHUB_CONNECTOR(orderhub::woocommerce::WooCommerce, ORDERHUB_MANIFEST);
