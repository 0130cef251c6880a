// Which orders an export names, whatever is in it, and what is no export. The documents are written
// from the published schema (order.xsd).
#include "order_export.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

namespace orderhub::b2c_commerce::testing {
namespace {

using Orders = std::vector<ExportedOrder>;

const std::string kOpen =
    R"(<orders xmlns="http://www.demandware.com/xml/impex/order/2006-10-31">)";

std::string file(const std::string& name) {
    std::ifstream in(std::string(B2C_COMMERCE_EXPORTS) + "/" + name);
    return std::string(std::istreambuf_iterator<char>(in), {});
}

Orders read(std::string_view text, std::size_t piece = 1U << 16U) {
    OrderExportReader reader;
    for (std::size_t at = 0; at < text.size(); at += piece)
        reader.take(text.substr(at, piece));
    return reader.finish();
}

/// What is wrong with a document; "nothing" if it is read.
std::string wrong(std::string_view text) {
    try {
        read(text);
    } catch (const BadExport& bad) {
        return bad.what();
    }
    return "nothing";
}

TEST(OrderExport, NamesItsOrdersInTheirSequence) {
    const Orders orders{{"1001"}, {"00001002"}};
    EXPECT_EQ(read(file("orders.xml")), orders);
    EXPECT_EQ(read(file("orders.xml"), 1), orders) << "byte by byte";
}

TEST(OrderExport, WithoutOrdersIsWhole) {
    EXPECT_TRUE(read(kOpen + "</orders>\n").empty());
}

TEST(OrderExport, NamesAnOrderOnceAsItStandsLast) {
    const Orders orders{{"1", true}, {"2", false}};
    EXPECT_EQ(read(kOpen + R"(<order order-no="1"/><order order-no="2" mode="delete"/>
        <order order-no="1" mode="delete"/><order order-no="2"/></orders>)"),
              orders);
}

TEST(OrderExport, MayUseAPrefixAndOtherEncodings) {
    EXPECT_EQ(read(R"(<o:orders xmlns:o="http://www.demandware.com/xml/impex/order/2006-10-31">
        <o:order order-no="1"/><order order-no="of nobody"/></o:orders>)"),
              Orders{{"1"}});
    EXPECT_EQ(read("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>" + kOpen +
                   "<order order-no=\"\xe9t\xe9-1\"/></orders>"),
              Orders{{"été-1"}});
}

TEST(OrderExport, OfWhichAPartIsMissingIsNotWhole) {
    const std::string whole = file("orders.xml");
    const std::size_t end = whole.rfind("</orders>") + std::string_view("</orders>").size();
    for (std::size_t length = 0; length < end; length += 13)
        EXPECT_NE(wrong(whole.substr(0, length)), "nothing") << length;
    EXPECT_NE(wrong(whole.substr(0, end - 1)), "nothing");
    EXPECT_EQ(wrong(whole.substr(0, end)), "nothing");
}

TEST(OrderExport, IsToldFromOtherDocuments) {
    EXPECT_EQ(wrong(kOpen + "\n<order>\n</orders>"), "line 2: an order without order-no");
    EXPECT_EQ(wrong(kOpen + "\n<order order-no='1'>\n</orders>"), "line 3: mismatched tag");
    for (const char* other :
         {"<orders/>", "<catalog xmlns='http://www.demandware.com/xml/impex/catalog/2006-10-31'/>",
          "<orders xmlns='http://www.demandware.com/xml/impex/order/2015-07-01'/>"})
        EXPECT_NE(wrong(other).find("line 1: this is no order export"), std::string::npos) << other;
    EXPECT_NE(wrong("{\"orders\": []}").find("not well-formed"), std::string::npos);
    EXPECT_NE(wrong(kOpen + "</orders>" + kOpen + "</orders>").find("junk"), std::string::npos);
}

// The file of the first entity exists: were it resolved, the document would be read.
TEST(OrderExport, NeitherFetchesNorExpandsEntities) {
    for (const std::string declaration :
         {"<!ENTITY e SYSTEM \"file:///etc/hostname\">",
          "<!ENTITY % e SYSTEM \"file:///etc/hostname\"> %e;",
          "<!ENTITY e \"ten\"><!ENTITY f \"&e;&e;&e;&e;&e;&e;&e;&e;\">"})
        EXPECT_NE(wrong("<!DOCTYPE orders [" + declaration + "]>" + kOpen +
                        "<order order-no=\"1\">&e;</order></orders>")
                      .find("a document type"),
                  std::string::npos)
            << declaration;
    EXPECT_NE(wrong(kOpen + "<order order-no=\"&e;\"/></orders>"), "nothing");
}

TEST(OrderExport, IsHeldToItsLimits) {
    const auto with_number = [](const std::string& number) {
        return kOpen + "<order order-no=\"" + number + "\"/></orders>";
    };
    std::string long_number;
    for (int i = 0; i < 50; ++i)
        long_number += "é";
    EXPECT_EQ(read(with_number(long_number)), Orders{{long_number}});
    EXPECT_NE(wrong(with_number(long_number + "1")).find("50 characters"), std::string::npos);
    EXPECT_NE(wrong(with_number(std::string(3U << 20U, '1'))).find("over 1 MiB"),
              std::string::npos);
    std::string deep = kOpen;
    for (int i = 0; i < 200; ++i)
        deep += "<order order-no='1'>";
    EXPECT_NE(wrong(deep).find("100 elements"), std::string::npos);
    std::string many = kOpen;
    for (int i = 0; i <= 100'000; ++i)
        many += "<order order-no='" + std::to_string(i) + "'/>";
    EXPECT_NE(wrong(many + "</orders>").find("100000 orders"), std::string::npos);
}

}  // namespace
}  // namespace orderhub::b2c_commerce::testing
