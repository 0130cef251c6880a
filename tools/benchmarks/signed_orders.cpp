#include "tools/benchmarks/signed_orders.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <iterator>
#include <random>

namespace orderhub::bench {

namespace {

constexpr int kLines = 5;
constexpr std::array kGoods{"Oak chair with a woven seat", "Wool blanket, double",
                            "Enamel kettle 1.5 l", "Brass reading lamp", "Linen apron, long"};

std::string decimal(std::uint64_t cents) {
    return fmt::format("{}.{:02}", cents / 100, cents % 100);
}

struct Sums {
    std::uint64_t list = 0, discount = 0, tax = 0;
};

using Random = std::mt19937_64;

void put_line(std::string& out, Random& random, int number, Sums& sums) {
    const std::uint64_t quantity = 1 + random() % 4;
    const std::uint64_t price = 400 + random() % 18'000;
    const std::uint64_t list = price * quantity;
    const std::uint64_t discount = random() % 3 == 0 ? list / 10 : 0;
    const std::uint64_t tax = (list - discount) * 19 / 119;
    sums.list += list;
    sums.discount += discount;
    sums.tax += tax;
    const std::string reduced =
        discount == 0
            ? std::string()
            : fmt::format(R"({{"code":"SPRING","type":"percentage","value":10,"amount":{}}})",
                          decimal(discount));
    fmt::format_to(
        std::back_inserter(out),
        R"({}{{"lineId":{},"sku":"ART-{:06}","name":"{}","quantity":{},"unitPrice":{},)"
        R"("discounts":[{}],"tax":{{"rate":19.0,"amount":{},"inclusive":true}},"lineTotal":{},)"
        R"("attributes":{{"finish":"natural","batch":"{:08x}"}},"requiresShipping":true}})",
        number == 1 ? "" : ",", number, random() % 1'000'000, kGoods[random() % kGoods.size()],
        quantity, decimal(price), reduced, decimal(tax), decimal(list - discount),
        random() % 0xffffffff);
}

void put_address(std::string& out, const char* name, Random& random) {
    fmt::format_to(std::back_inserter(out),
                   R"("{}":{{"name":"Ada Byron","street":"Station Road {}","addition":"flat {}",)"
                   R"("postalCode":"{:05}","city":"Halifax","region":null,"country":"GB",)"
                   R"("phone":"+44 1422 {:06}"}},)",
                   name, 1 + random() % 300, 1 + random() % 40, random() % 100'000,
                   random() % 1'000'000);
}

std::string hex_hmac(const std::string& secret, const std::string& body) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned length = 0;
    HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
         reinterpret_cast<const unsigned char*>(body.data()), body.size(), digest.data(), &length);
    std::string hex;
    for (unsigned i = 0; i < length; ++i)
        fmt::format_to(std::back_inserter(hex), "{:02x}", digest[i]);
    return hex;
}

}  // namespace

std::string signed_order(const std::string& run, std::uint64_t number) {
    Random random(number);
    std::string out;
    out.reserve(3'000);
    fmt::format_to(
        std::back_inserter(out),
        R"({{"id":"{}-{:08}","number":"{}","createdAt":"2026-11-{:02}T08:15:00.000Z",)"
        R"("currency":"EUR","channel":"webshop","locale":"en-GB","customer":{{"id":"c-{:08x}",)"
        R"("email":"buyer.{}@example.org","firstName":"Ada","lastName":"Byron",)"
        R"("phone":"+44 1422 {:06}","company":null,"isGuest":false,)"
        R"("groups":["retail","newsletter"]}},"lines":[)",
        run, number, 1'000'000 + number, 1 + random() % 28, random() % 0xffffffff,
        random() % 1'000'000, random() % 1'000'000);
    Sums sums;
    for (int line = 1; line <= kLines; ++line)
        put_line(out, random, line, sums);
    const std::uint64_t delivery = random() % 2 == 0 ? 490 : 0;
    const std::string total = decimal(sums.list - sums.discount + delivery);
    fmt::format_to(
        std::back_inserter(out),
        R"(],"payment":{{"method":"card","provider":"cards","transactionId":"t-{:016x}",)"
        R"("status":"captured","amount":{},"currency":"EUR",)"
        R"("capturedAt":"2026-11-22T10:00:00Z"}},)",
        random(), total);
    put_address(out, "shippingAddress", random);
    put_address(out, "billingAddress", random);
    fmt::format_to(
        std::back_inserter(out),
        R"("shipping":{{"method":"standard","carrier":"parcel","price":{},"taxRate":19.0}},)"
        R"("totals":{{"subtotal":{},"discount":{},"tax":{},"shipping":{},"grandTotal":{}}},)"
        R"("note":"If nobody answers, the neighbours on the ground floor take parcels in.",)"
        R"("tags":["web","spring","wave-{}"]}})",
        decimal(delivery), decimal(sums.list), decimal(sums.discount), decimal(sums.tax),
        decimal(delivery), total, random() % 100);
    return out;
}

std::string signed_request(const std::string& path, const std::string& secret,
                           const std::string& body) {
    return fmt::format(
        "POST {} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        "X-Signature: sha256={}\r\nContent-Length: {}\r\n\r\n{}",
        path, hex_hmac(secret, body), body.size(), body);
}

}  // namespace orderhub::bench
