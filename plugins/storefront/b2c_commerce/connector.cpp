// Salesforce B2C Commerce: orders of one site by the Orders API.
#include <orderhub/connector.hpp>
#include <orderhub_manifest.hpp>

#include "commands.hpp"
#include "feed.hpp"

namespace orderhub::b2c_commerce {

class B2cCommerce {
public:
    explicit B2cCommerce(const sdk::Document& config) : settings_(to_settings(config)) {}

    void check(sdk::Call& call) {
        Client client(settings_, load_, call);
        client.changed(call.now_ms() - kHourMs, 0, 1);
        const int status = settings_.managed ? client.trial_of_writing() : 404;
        if (status == 401 || status == 403)
            throw sdk::rejected(
                "no_permission",
                "the client may read orders but not change them: its scope needs sfcc.orders.rw");
    }

    void poll(sdk::Call& call, std::string_view cursor) {
        load_.must_be_bearable(call.now_ms());
        Client client(settings_, load_, call);
        documents::Mark mark = to_mark(settings_, cursor, call.now_ms());
        emit_changes(settings_, client, call, mark);
        call.set_cursor(to_cursor(mark));
    }

    sdk::OrderCancel::Result order_cancel(sdk::Call& call, const sdk::Command& command,
                                          const sdk::OrderCancel& wanted) {
        Client client(settings_, load_, call);
        return Commands(settings_, client, call, command).cancel(wanted);
    }

    sdk::FulfilmentCreate::Result fulfilment_create(sdk::Call& call, const sdk::Command& command,
                                                    const sdk::FulfilmentCreate& wanted) {
        Client client(settings_, load_, call);
        return Commands(settings_, client, call, command).send(wanted);
    }

    sdk::FulfilmentUpdate::Result fulfilment_update(sdk::Call& call, const sdk::Command& command,
                                                    const sdk::FulfilmentUpdate& wanted) {
        Client client(settings_, load_, call);
        return Commands(settings_, client, call, command).move(wanted);
    }

private:
    static constexpr std::int64_t kHourMs = 60 * 60 * 1000;

    const Settings settings_;
    Load load_;
};

}  // namespace orderhub::b2c_commerce

ORDERHUB_CONNECTOR(orderhub::b2c_commerce::B2cCommerce, ORDERHUB_MANIFEST);
