// Signatures that the real minisign 0.11 made over the five bytes "hello", and what is made of them
// when anything is changed.
#include "hub/connectors/signature.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace orderhub::connectors::test {
namespace {

constexpr std::string_view kKey = "RWSqI2Es4i1Rvy81vJJpK6m4kZUgZxSbS8FbtCZgzeIEh7lHVPc0pzUe";
constexpr std::string_view kOtherKey = "RWS67tWUjEndyAZNLHJ0v8VmepQCC/Hovj5LZQ5MfbNi69Lezk/zcYmN";
const std::string kPrehashed =
    "untrusted comment: signature from minisign secret key\n"
    "RUSqI2Es4i1Rv/QOvXDhpHLWKTh+RDGtNXFDanz7nsvlihH6Xuq6Br61z4JZaublPTxcu48WXGnX/"
    "lMa3mys71v92cG1xM6swg0=\n"
    "trusted comment: file one\n"
    "5YBzVf/5HDWcrPkHeG66YW8ClY65v3xppniFoeFnHtCYws27VPt9eOO+rNWfjBYQXFE9fTrG1sZpbl2dV51zBQ==\n";
const std::string kLegacy =
    "untrusted comment: signature from minisign secret key\n"
    "RWSqI2Es4i1Rv/"
    "4jSJ9T+x3IbhoqCVu6aRO+4hmb3aniJP1IxAXRd2xrcsp1aKNAkNtM78jVha74ZQK7RBUU6P9N4ido9z3"
    "X7QQ=\n"
    "trusted comment: file one, legacy\n"
    "bzX2WjvvaFvYLQriTxprWdsecJdyY2i/3/4ePrb1dxjrvwYisGtFhLCpzyB9IlxjrSKMzSZYNyUKuNlmP0d9Cw==\n";

std::string replaced(std::string text, std::string_view what, std::string_view with) {
    return text.replace(text.find(what), what.size(), with);
}

/// "good", or the code of the error.
std::string verdict(const std::string& signature, std::string_view bytes,
                    std::string_view key = kKey) {
    const auto parsed = parse_signature(signature);
    if (!parsed) return parsed.error().code;
    const auto known = parse_public_key(key);
    if (!known) return known.error().code;
    const auto verified = verify_signature(*parsed, bytes, {*known});
    return verified ? "good" : verified.error().code;
}

TEST(Signature, OfBothFormsIsGoodForItsBytesOnly) {
    for (const std::string& signature : {kPrehashed, kLegacy}) {
        EXPECT_EQ(verdict(signature, "hello"), "good");
        EXPECT_EQ(verdict(signature, "hellO"), "wrong_signature");
        EXPECT_EQ(verdict(signature, ""), "wrong_signature");
        EXPECT_EQ(verdict(signature, "hello", kOtherKey), "unknown_key");
    }
}

TEST(Signature, CoversItsTrustedComment) {
    EXPECT_EQ(parse_signature(kPrehashed)->trusted_comment, "file one");
    EXPECT_EQ(verdict(replaced(kPrehashed, "file one", "file two"), "hello"), "wrong_signature");
    EXPECT_EQ(verdict(replaced(kPrehashed, "file one", "file one "), "hello"), "wrong_signature");
}

/// An older signature cannot be passed off as one of the newer form, nor the other way round.
TEST(Signature, IsOfOneFormOnly) {
    EXPECT_EQ(verdict(replaced(kPrehashed, "\nRU", "\nRW"), "hello"), "wrong_signature");
    EXPECT_EQ(verdict(replaced(kLegacy, "\nRW", "\nRU"), "hello"), "wrong_signature");
}

TEST(Signature, WithEndsOfLinesOfAnotherSystemIsTheSame) {
    std::string text;
    for (const char c : kPrehashed)
        text += c == '\n' ? std::string("\r\n") : std::string(1, c);
    EXPECT_EQ(verdict(text, "hello"), "good");
}

TEST(Signature, ThatIsNoneIsRefused) {
    for (const std::string& text :
         {std::string(), std::string("x"), std::string("untrusted comment: x\n"),
          replaced(kPrehashed, "untrusted", "trusted"), replaced(kPrehashed, "\nRU", "\nRR"),
          replaced(kPrehashed, "trusted comment: file", "comment: file"),
          replaced(kPrehashed, "BQ==", "BQ="), replaced(kPrehashed, "wg0=", "wg0=AAAA"),
          kPrehashed.substr(0, kPrehashed.size() - 20)})
        EXPECT_EQ(verdict(text, "hello"), "bad_signature") << text;
}

TEST(PublicKey, ThatIsNoneIsRefused) {
    for (const std::string_view text :
         {std::string_view(), std::string_view("RWS"), kKey.substr(1), kKey.substr(0, 55),
          std::string_view("RUSqI2Es4i1Rvy81vJJpK6m4kZUgZxSbS8FbtCZgzeIEh7lHVPc0pzUe")})
        EXPECT_EQ(parse_public_key(text).error().code, "bad_key") << text;
}

TEST(PublicKey, HasTheIdThatMinisignShows) {
    EXPECT_EQ(key_id_text(parse_public_key(kKey)->id), "BF512DE22C6123AA");
}

}  // namespace
}  // namespace orderhub::connectors::test
