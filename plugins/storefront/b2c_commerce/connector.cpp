// Salesforce B2C Commerce: orders of one site by the Orders API, and those that order exports name.
#include <orderhub/connector.hpp>
#include <orderhub_manifest.hpp>

#include "commands.hpp"
#include "cursor.hpp"
#include "export_feed.hpp"
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
        sdk::LeftOut(call, "order").report();
        if (!settings_.export_directory.empty()) exports_.check(call);
    }

    void poll(sdk::Call& call, std::string_view cursor) {
        load_.must_be_bearable(call.now_ms());
        Client client(settings_, load_, call);
        const Cursor before = to_cursor(settings_, cursor, call.now_ms());
        Cursor after = before;
        sdk::LeftOut left_out(call, "order");
        if (!has_tried_again_)
            left_out.try_again([&](const std::string& number) {
                const std::string observed_at = call.now();
                if (const auto found = client.order(number))
                    left_out.take(number,
                                  [&] { emit_order(settings_, call, *found, observed_at); });
            });
        emit_changes(settings_, client, call, after.orders, left_out);
        std::optional<sdk::Stop> stop;
        if (after.exports && !settings_.export_directory.empty())
            stop =
                sdk::attempt(call, [&] { exports_.read(client, call, *after.exports, left_out); });
        // What was done before a failure is kept; the next poll meets it again.
        if (stop && after == before) throw sdk::Stop(*stop);
        call.set_cursor(to_text(after));
        has_tried_again_ = true;
        left_out.report();
        if (!settings_.export_directory.empty()) exports_.report(call);
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
    ExportFeed exports_{settings_};
    bool has_tried_again_ = false;  ///< what an earlier instance left out
};

}  // namespace orderhub::b2c_commerce

ORDERHUB_CONNECTOR(orderhub::b2c_commerce::B2cCommerce, ORDERHUB_MANIFEST);
