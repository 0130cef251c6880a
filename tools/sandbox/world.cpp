#include "world.hpp"

#include "seed.hpp"
#include "text.hpp"

namespace orderhub::sandbox {

namespace json = boost::json;

void World::record(const Effect& effect) {
    json::object entry;
    entry["n"] = static_cast<std::int64_t>(effects.size()) + 1;
    entry["at"] = iso_milliseconds(now_us());
    entry["system"] = effect.system;
    entry["kind"] = effect.kind;
    entry["target"] = effect.target;
    entry["amount"] = effect.amount.empty() ? json::value{} : json::value(effect.amount);
    entry["currency"] = effect.currency.empty() ? json::value{} : json::value(effect.currency);
    entry["key"] = effect.key;
    effects.push_back(std::move(entry));
}

json::value World::snapshot() const {
    return json::object{{"vendure", json::value_from(vendure)},
                        {"rt", json::value_from(rt)},
                        {"tryton", json::value_from(tryton)},
                        {"salesforce", salesforce::to_json(salesforce)},
                        {"b2c", b2c::to_json(b2c)},
                        {"woocommerce", woo::to_json(woo)},
                        {"stripe", stripe::to_json(stripe)},
                        {"zendesk", zendesk::to_json(zendesk)},
                        {"shopify", shopify::to_json(shopify)},
                        {"effects", effects}};
}

void World::restore(const json::value& snapshot) {
    const auto& from = snapshot.as_object();
    vendure = json::value_to<vendure::State>(from.at("vendure"));
    rt = json::value_to<rt::State>(from.at("rt"));
    tryton = json::value_to<tryton::State>(from.at("tryton"));
    salesforce = from.contains("salesforce") ? salesforce::state_of(from.at("salesforce"))
                                             : salesforce::State{};
    b2c = from.contains("b2c") ? b2c::state_of(from.at("b2c")) : b2c::State{};
    woo = from.contains("woocommerce") ? woo::state_of(from.at("woocommerce")) : woo::State{};
    stripe = from.contains("stripe") ? stripe::state_of(from.at("stripe")) : stripe::State{};
    zendesk = from.contains("zendesk") ? zendesk::state_of(from.at("zendesk")) : zendesk::State{};
    shopify = from.contains("shopify") ? shopify::state_of(from.at("shopify")) : shopify::State{};
    effects = from.at("effects").as_array();
}

void World::reset(bool demo) {
    vendure = {};
    rt = {};
    tryton = {};
    salesforce = {};
    b2c = {};
    woo = {};
    stripe = {};
    zendesk = {};
    shopify = {};
    effects.clear();
    requests.clear();
    notices.clear();
    seed_base(*this);
    if (demo) seed_demo(*this);
}

}  // namespace orderhub::sandbox
