#include "order_export.hpp"

#include <expat.h>

#include <algorithm>
#include <unordered_map>

namespace orderhub::b2c_commerce {
namespace {

constexpr std::string_view kNamespace = "http://www.demandware.com/xml/impex/order/2006-10-31";
constexpr std::size_t kLongestNumber = 50;  ///< characters, by the schema
constexpr std::size_t kMostOrders = 100'000;
constexpr int kDeepest = 100;                   ///< elements within each other
constexpr XML_Index kLongestToken = 1U << 20U;  ///< bytes of a tag, a comment

/// Expat's name of an element: its namespace, a space, its name.
bool is_named(std::string_view element, std::string_view name) {
    return element.size() == kNamespace.size() + 1 + name.size() &&
           element.starts_with(kNamespace) && element[kNamespace.size()] == ' ' &&
           element.ends_with(name);
}

std::size_t characters(std::string_view text) {
    return static_cast<std::size_t>(std::ranges::count_if(
        text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

}  // namespace

// Nothing may be thrown through the parser, which is C: what is wrong is kept, and the parser
// stopped.
struct OrderExportReader::Parser {
    Parser() : handle(XML_ParserCreateNS(nullptr, ' ')) {
        if (!handle) throw std::bad_alloc();
        XML_SetUserData(handle, this);
        XML_SetElementHandler(handle, &Parser::begin, &Parser::end);
        XML_SetStartDoctypeDeclHandler(handle, &Parser::refuse_type);
    }
    ~Parser() { XML_ParserFree(handle); }
    Parser(const Parser&) = delete;
    Parser& operator=(const Parser&) = delete;

    void parse(std::string_view piece, bool is_last) {
        const auto status = XML_Parse(handle, piece.data(), static_cast<int>(piece.size()),
                                      is_last ? XML_TRUE : XML_FALSE);
        taken += static_cast<XML_Index>(piece.size());
        if (!wrong.empty()) throw BadExport(wrong);
        if (status != XML_STATUS_OK)
            throw BadExport(at_line(XML_ErrorString(XML_GetErrorCode(handle))));
        if (!is_last && taken - std::max<XML_Index>(0, XML_GetCurrentByteIndex(handle)) >
                            kLongestToken + static_cast<XML_Index>(piece.size()))
            throw BadExport(at_line("a tag or a comment of over 1 MiB"));
    }

    std::string at_line(std::string_view words) const {
        return "line " + std::to_string(XML_GetCurrentLineNumber(handle)) + ": " +
               std::string(words);
    }
    void stop(std::string_view words) {
        if (wrong.empty()) wrong = at_line(words);
        XML_StopParser(handle, XML_FALSE);
    }

    void add(const XML_Char** attributes) {
        std::string_view number;
        std::string_view mode;
        for (; *attributes; attributes += 2) {
            if (std::string_view(attributes[0]) == "order-no") number = attributes[1];
            if (std::string_view(attributes[0]) == "mode") mode = attributes[1];
        }
        if (number.empty()) return stop("an order without order-no");
        if (characters(number) > kLongestNumber) return stop("an order-no of over 50 characters");
        const auto [place, is_new] = places.try_emplace(std::string(number), orders.size());
        if (is_new && orders.size() == kMostOrders) return stop("over 100000 orders");
        if (is_new) orders.push_back({std::string(number)});
        orders[place->second].is_deleted = mode == "delete";
    }

    void open(const XML_Char* name, const XML_Char** attributes) {
        ++depth;
        if (depth > kDeepest) return stop("over 100 elements within each other");
        if (depth == 1 && !is_named(name, "orders"))
            return stop("this is no order export: its root is not <orders> of the namespace " +
                        std::string(kNamespace));
        if (depth == 2 && is_named(name, "order")) add(attributes);
    }

    static void begin(void* self, const XML_Char* name, const XML_Char** attributes) noexcept {
        static_cast<Parser*>(self)->open(name, attributes);
    }
    static void end(void* self, const XML_Char*) noexcept { --static_cast<Parser*>(self)->depth; }
    static void refuse_type(void* self, const XML_Char*, const XML_Char*, const XML_Char*,
                            int) noexcept {
        static_cast<Parser*>(self)->stop("a document type, which an order export does not have");
    }

    XML_Parser handle;
    XML_Index taken = 0;
    int depth = 0;
    std::vector<ExportedOrder> orders;
    std::unordered_map<std::string, std::size_t> places;
    std::string wrong;
};

OrderExportReader::OrderExportReader() : parser_(std::make_unique<Parser>()) {}
OrderExportReader::~OrderExportReader() = default;

void OrderExportReader::take(std::string_view piece) {
    parser_->parse(piece, false);
}

std::vector<ExportedOrder> OrderExportReader::finish() {
    parser_->parse({}, true);
    return std::move(parser_->orders);
}

}  // namespace orderhub::b2c_commerce
