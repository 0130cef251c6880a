#pragma once

#include <boost/json.hpp>
#include <mutex>
#include <string>
#include <vector>

#include "b2c_types.hpp"
#include "rt_types.hpp"
#include "salesforce_types.hpp"
#include "shopify_types.hpp"
#include "stripe_types.hpp"
#include "tryton_types.hpp"
#include "vendure_types.hpp"
#include "woo_types.hpp"
#include "zendesk_types.hpp"

// Everything the sandbox remembers, and the ledger of what really happened in it.
namespace orderhub::sandbox {

/// One mutation that took effect, written by the system that did it, in order.
struct Effect {
    std::string system;    ///< name of the stand-in: vendure, rt, stripe ...
    std::string kind;      ///< e.g. refund.create, ticket.comment, invoice.post
    std::string target;    ///< e.g. order/3, ticket/7, account.invoice/12
    std::string amount;    ///< decimal text, empty where no money moved
    std::string currency;  ///< ISO 4217, empty where no money moved
    std::string key;       ///< reason, reference or text that the caller gave
};

/// A notification waiting to be sent: its body, and nothing else, is fixed when it happens.
struct Notice {
    std::string system;
    std::string body;
};

struct World {
    std::mutex mutex;  ///< held by whoever reads or changes anything below
    vendure::State vendure;
    rt::State rt;
    tryton::State tryton;
    salesforce::State salesforce;
    b2c::State b2c;
    woo::State woo;
    stripe::State stripe;
    zendesk::State zendesk;
    shopify::State shopify;
    boost::json::array effects;
    boost::json::array requests;
    std::vector<Notice> notices;  ///< taken by the server after each request

    void record(const Effect& effect);

    /// Snapshot without the request log. `restore` throws on a file that does not fit.
    boost::json::value snapshot() const;
    void restore(const boost::json::value& snapshot);
    /// Empties everything and puts the base data back (channels, accounts, users ...); with
    /// `demo`, also a few orders.
    void reset(bool demo);
};

/// The next id of a kind; ids start at 1.
template <typename Map>
std::int64_t next_id(Map& last, const std::string& kind) {
    return ++last[kind];
}

}  // namespace orderhub::sandbox
