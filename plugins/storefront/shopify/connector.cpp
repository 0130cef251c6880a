// Shopify: orders of one shop by the GraphQL Admin API.
#include <algorithm>
#include <orderhub/connector.hpp>
#include <orderhub_manifest.hpp>
#include <vector>

#include "commands.hpp"
#include "notice.hpp"
#include "parcels.hpp"
#include "poll.hpp"

namespace orderhub::shopify {
namespace {

/// Of the bucket, for commands and webhooks, while a poll reads.
constexpr std::int64_t kReservePercent = 25;

/// Names of headers compare without case.
std::string header_of(const sdk::Message& message, std::string_view lower_case_name) {
    const auto is_same = [](char a, char b) {
        return (a >= 'A' && a <= 'Z' ? static_cast<char>(a - 'A' + 'a') : a) == b;
    };
    for (const auto& [name, value] : message.headers)
        if (std::ranges::equal(name, lower_case_name, is_same)) return value;
    return {};
}

bool has_scope(const Json& access, std::initializer_list<std::string_view> any) {
    const auto& scopes = access.at("currentAppInstallation").at("accessScopes").items();
    return std::ranges::any_of(scopes, [&](const Json& each) {
        return std::ranges::find(any, each.at("handle").text()) != any.end();
    });
}

}  // namespace

class Shopify {
public:
    explicit Shopify(const sdk::Document& config) : settings_(to_settings(config)) {}

    void check(sdk::Call& call) {
        Client client(settings_, bucket_, call);
        const Json access = client.send(kAccess, Json::object());
        const std::string served = client.served_version();
        if (!served.empty() && served != settings_.api_version)
            throw sdk::rejected("api_version", "the shop answers by version " + served +
                                                   " in place of " + settings_.api_version +
                                                   ": set api_version");
        // write_ scopes include read_ ones; the shop lists both or the former only
        if (!has_scope(access, {"read_orders", "write_orders"}))
            throw sdk::rejected("no_permission", "the app's scopes lack read_orders");
        sdk::LeftOut(call, "order").report();
        if (!settings_.managed) return;
        if (!has_scope(access, {"write_orders"}))
            throw sdk::rejected("no_permission", "the app's scopes lack write_orders");
        if (!has_scope(access, {"write_merchant_managed_fulfillment_orders",
                                "write_assigned_fulfillment_orders",
                                "write_third_party_fulfillment_orders"}))
            throw sdk::rejected("no_permission",
                                "the app's scopes lack write_merchant_managed_fulfillment_orders");
    }

    void receive(sdk::Call& call, const sdk::Message& message) {
        const std::string shop = header_of(message, "x-shopify-shop-domain");
        const bool is_named = settings_.shop_domain.ends_with(".myshopify.com");
        if (is_named && !shop.empty() && shop != settings_.shop_domain)
            throw sdk::rejected("other_shop", "the message is of another shop: " + shop);
        const auto number = order_of_notice(message.body);
        if (!number) return;
        Client client(settings_, bucket_, call);
        emit_order(settings_, client, call, *number);
    }

    void poll(sdk::Call& call, std::string_view cursor) {
        Client client(settings_, bucket_, call, kReservePercent);
        Mark mark = to_mark(settings_, cursor, call.now_ms());
        sdk::LeftOut left_out(call, "order");
        if (!has_tried_again_)
            left_out.try_again([&](const std::string& number) {
                take_order(settings_, client, call, number, left_out);
            });
        emit_changes(settings_, client, call, mark, left_out);
        call.set_cursor(to_cursor(mark));
        has_tried_again_ = true;
        left_out.report();
    }

    sdk::OrderCancel::Result order_cancel(sdk::Call& call, const sdk::Command& command,
                                          const sdk::OrderCancel& wanted) {
        Client client(settings_, bucket_, call);
        return Commands(settings_, client, call, command).cancel(wanted);
    }
    sdk::RefundCreate::Result refund_create(sdk::Call& call, const sdk::Command& command,
                                            const sdk::RefundCreate& wanted) {
        Client client(settings_, bucket_, call);
        return Commands(settings_, client, call, command).refund(wanted);
    }
    sdk::PaymentCapture::Result payment_capture(sdk::Call& call, const sdk::Command& command,
                                                const sdk::PaymentCapture& wanted) {
        Client client(settings_, bucket_, call);
        return Commands(settings_, client, call, command).capture(wanted);
    }
    sdk::PaymentReverse::Result payment_reverse(sdk::Call& call, const sdk::Command& command,
                                                const sdk::PaymentReverse& wanted) {
        Client client(settings_, bucket_, call);
        return Commands(settings_, client, call, command).reverse(wanted);
    }
    sdk::FulfilmentCreate::Result fulfilment_create(sdk::Call& call, const sdk::Command& command,
                                                    const sdk::FulfilmentCreate& wanted) {
        Client client(settings_, bucket_, call);
        return Parcels(settings_, client, call, command).send(wanted);
    }
    sdk::FulfilmentUpdate::Result fulfilment_update(sdk::Call& call, const sdk::Command& command,
                                                    const sdk::FulfilmentUpdate& wanted) {
        Client client(settings_, bucket_, call);
        return Parcels(settings_, client, call, command).move(wanted);
    }

private:
    const Settings settings_;
    bool has_tried_again_ = false;  ///< what an earlier instance left out
    Bucket bucket_;
};

}  // namespace orderhub::shopify

ORDERHUB_CONNECTOR(orderhub::shopify::Shopify, ORDERHUB_MANIFEST);
