#include "hub/servicing/codec/codec.hpp"

#include <algorithm>
#include <list>
#include <memory>
#include <mutex>
#include <stdexcept>

#include "hub/servicing/codec/described.hpp"
#include "hub/servicing/codec/document_reader.hpp"
#include "hub/servicing/codec/document_writer.hpp"

namespace orderhub::servicing {

namespace document {

/// A line had one pool of units once.
template <>
struct Upgrade<domain::Line> {
    static void apply(const boost::json::object& from, domain::Line& line) {
        const auto* pool = from.if_contains("pool");
        if (pool != nullptr && line.pools.empty()) read(*pool, line.pools.emplace_back());
    }
};

/// A fulfilment had no id of ours.
template <>
struct Upgrade<domain::Fulfilment> {
    static void apply(const boost::json::object&, domain::Fulfilment& fulfilment) {
        if (fulfilment.id.empty()) fulfilment.id = "fo_" + fulfilment.external_id;
    }
};

/// An exception was active or not.
template <>
struct Upgrade<domain::ProcessException> {
    static void apply(const boost::json::object& from, domain::ProcessException& exception) {
        const auto* active = from.if_contains("active");
        if (active != nullptr && active->is_bool() && !active->get_bool())
            exception.state = domain::ExceptionState::resolved;
    }
};

}  // namespace document

namespace {

template <class T>
T decode(std::string_view text) {
    try {
        // The tree lives as long as the reading, in one piece of memory.
        boost::json::monotonic_resource memory(2 * text.size() + 4096);
        T result;
        document::read(boost::json::parse(text, &memory), result);
        return result;
    } catch (const std::exception& broken) {
        throw std::runtime_error(std::string("a stored document cannot be read: ") + broken.what());
    }
}

template <class T>
std::string write(const T& from) {
    std::string text;
    document::write(text, from);
    return text;
}

}  // namespace

namespace {

/// The last large orders that were read or written, with their text: an agent who looks at one,
/// previews and submits has it read once. Known by their whole text, so it cannot be out of date.
class LargeOrders {
public:
    static constexpr std::size_t kLarge = 256 * 1024;
    static constexpr std::size_t kMost = 4;

    std::shared_ptr<const domain::Order> find(std::string_view text) {
        const std::scoped_lock lock(mutex_);
        const auto found = std::ranges::find(entries_, text, &Entry::text);
        if (found == entries_.end()) return nullptr;
        entries_.splice(entries_.begin(), entries_, found);
        return entries_.front().order;
    }

    void keep(std::string text, std::shared_ptr<const domain::Order> order) {
        std::list<Entry> entry;
        entry.push_back({std::move(text), std::move(order)});
        const std::scoped_lock lock(mutex_);
        entries_.splice(entries_.begin(), entry);
        if (entries_.size() > kMost) entries_.pop_back();
    }

private:
    struct Entry {
        std::string text;
        std::shared_ptr<const domain::Order> order;
    };

    std::mutex mutex_;
    std::list<Entry> entries_;  ///< the last used first
};

LargeOrders& large_orders() {
    static LargeOrders orders;
    return orders;
}

}  // namespace

std::string encode(const domain::Order& order) {
    return write(order);
}
std::string encode(const domain::Case& support_case) {
    return write(support_case);
}
domain::Order decode_order(std::string_view text) {
    const bool large = text.size() >= LargeOrders::kLarge;
    if (large)
        if (const auto known = large_orders().find(text)) return *known;
    domain::Order order = decode<domain::Order>(text);
    if (order.currency.code.empty())
        throw std::runtime_error("a stored document cannot be read: an order without a currency");
    if (large) large_orders().keep(std::string(text), std::make_shared<domain::Order>(order));
    return order;
}
domain::Case decode_case(std::string_view text) {
    return decode<domain::Case>(text);
}

}  // namespace orderhub::servicing
