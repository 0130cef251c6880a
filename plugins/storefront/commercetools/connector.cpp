// commercetools: orders of one project by the HTTP API.
#include <orderhub/connector.hpp>
#include <orderhub_manifest.hpp>

#include "commands.hpp"
#include "feed.hpp"

namespace orderhub::commercetools {

class CommerceTools {
public:
    explicit CommerceTools(const sdk::Document& config) : settings_(to_settings(config)) {}

    void check(sdk::Call& call) {
        Client client(settings_, call);
        client.changed("orders", call.now_ms(), 0, 1);
        client.changed("payments", call.now_ms(), 0, 1);
        const int status = settings_.managed ? client.trial_of_writing() : 404;
        if (status == 401 || status == 403)
            throw sdk::rejected("no_permission",
                                "the client may read orders but not change them: its "
                                "scope needs manage_orders and manage_payments");
        sdk::LeftOut(call, "order").report();
    }

    void poll(sdk::Call& call, std::string_view cursor) {
        Client client(settings_, call);
        Marks marks = to_marks(settings_, cursor, call.now_ms());
        sdk::LeftOut left_out(call, "order");
        if (!has_tried_again_)
            left_out.try_again([&](const std::string& id) {
                if (const auto found = client.order(id))
                    left_out.take(id, [&] { emit_order(settings_, call, *found); });
            });
        emit_changes(settings_, client, call, marks, left_out);
        call.set_cursor(to_cursor(marks));
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

private:
    const Settings settings_;
    bool has_tried_again_ = false;  ///< what an earlier instance left out
};

}  // namespace orderhub::commercetools

ORDERHUB_CONNECTOR(orderhub::commercetools::CommerceTools, ORDERHUB_MANIFEST);
