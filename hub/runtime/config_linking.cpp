#include "hub/runtime/config_linking.hpp"

#include <boost/json.hpp>
#include <stdexcept>

#include "hub/schemas/schema.hpp"

namespace orderhub::runtime {

namespace json = boost::json;

namespace {

using linking::Thresholds;
using linking::Weights;

template <class Of>
struct Named {
    std::string_view name;
    int Of::* member;
};

constexpr Named<Weights> kWeights[] = {
    {"email", &Weights::email},
    {"email_alias", &Weights::email_alias},
    {"email_in_text", &Weights::email_in_text},
    {"email_typo", &Weights::email_typo},
    {"phone", &Weights::phone},
    {"customer_number", &Weights::customer_number},
    {"full_name", &Weights::full_name},
    {"initial_name", &Weights::initial_name},
    {"surname", &Weights::surname},
    {"given_name", &Weights::given_name},
    {"postcode", &Weights::postcode},
    {"street", &Weights::street},
    {"city", &Weights::city},
    {"number", &Weights::number},
    {"number_misread", &Weights::number_misread},
    {"number_part", &Weights::number_part},
    {"number_typo", &Weights::number_typo},
    {"number_quoted", &Weights::number_quoted},
    {"tracking", &Weights::tracking},
    {"product", &Weights::product},
    {"other_product", &Weights::other_product},
    {"amount_total", &Weights::amount_total},
    {"amount_line", &Weights::amount_line},
    {"date", &Weights::date},
    {"other_date", &Weights::other_date},
    {"state", &Weights::state},
    {"other_state", &Weights::other_state},
    {"last_order", &Weights::last_order},
    {"age", &Weights::age},
    {"not_yet_placed", &Weights::not_yet_placed},
};
constexpr Named<Thresholds> kThresholds[] = {
    {"identity", &Thresholds::identity},
    {"evidence", &Thresholds::evidence},
    {"total", &Thresholds::total},
    {"margin", &Thresholds::margin},
    {"owner", &Thresholds::owner},
    {"suggestion", &Thresholds::suggestion},
    {"suggestions", &Thresholds::suggestions},
    {"look_up_limit", &Thresholds::look_up_limit},
};

const schemas::Schema& linking_schema() {
    static const auto schema = [] {
        auto compiled = schemas::Schema::compile(json::parse(linking_schema_text()));
        if (!compiled) throw std::logic_error("linking.schema.json: " + compiled.error().message);
        return std::move(*compiled);
    }();
    return schema;
}

template <class Of, std::size_t Count>
void read_numbers(const json::object& object, std::string_view name,
                  const Named<Of> (&members)[Count], Of& of) {
    const json::value* values = object.if_contains(name);
    if (values == nullptr) return;
    for (const Named<Of>& each : members)
        if (const json::value* value = values->as_object().if_contains(each.name))
            of.*(each.member) = static_cast<int>(value->as_int64());
}

linking::CheckDigit check_digit(std::string_view word) {
    if (word == "luhn") return linking::CheckDigit::luhn;
    if (word == "mod11") return linking::CheckDigit::mod11;
    if (word == "mod97") return linking::CheckDigit::mod97;
    return linking::CheckDigit::none;
}

linking::NumberPattern read_pattern(const json::object& from) {
    const auto text = [&](std::string_view name) {
        const auto* value = from.if_contains(name);
        return value == nullptr ? std::string() : std::string(value->as_string());
    };
    return {text("channel"), text("format"), check_digit(text("check"))};
}

}  // namespace

linking::Settings load_linking(const std::string& path, std::vector<Complaint>& complaints) {
    linking::Settings settings;
    const std::size_t before = complaints.size();
    const YamlFile file = YamlFile::read(path, complaints);
    if (complaints.size() != before) return settings;
    if (const auto fits = linking_schema().validate(file.value()); !fits) {
        complaints.push_back(file.complaint(fits.error().field, fits.error().message));
        return settings;
    }
    const json::object& object = file.value().as_object();
    if (const auto* numbers = object.if_contains("numbers"))
        for (const json::value& each : numbers->as_array())
            settings.patterns.push_back(read_pattern(each.as_object()));
    if (const auto* country = object.if_contains("default_country"))
        settings.default_country = std::string(country->as_string());
    if (const auto* days = object.if_contains("late_order_days"))
        settings.late_order_days = days->to_number<int>();
    if (const auto* seconds = object.if_contains("desk_refresh_seconds"))
        settings.desk_refresh_seconds = seconds->to_number<int>();
    read_numbers(object, "weights", kWeights, settings.weights);
    read_numbers(object, "thresholds", kThresholds, settings.thresholds);
    return settings;
}

}  // namespace orderhub::runtime
