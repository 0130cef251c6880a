"""What the test shop sells, where and at which taxes; fills an empty Vendure with it."""

import json

UNION = "__typename ...on ErrorResult{errorCode message}"

# Tax percent per category. Prices below are minor units: net in us-store, gross elsewhere.
CHANNELS = {
    "us-store": {"currency": "USD", "gross": False, "country": ("US", "United States"),
                 "taxes": {"standard": 8.25, "reduced": 2.5, "zero": 0},
                 "shipping": {"standard": 599, "express": 1995}},
    "uk-store": {"currency": "GBP", "gross": True, "country": ("GB", "United Kingdom"),
                 "taxes": {"standard": 20, "reduced": 5, "zero": 0},
                 "shipping": {"standard": 495, "express": 1250}},
    "jp-store": {"currency": "JPY", "gross": True, "country": ("JP", "Japan"),
                 "taxes": {"standard": 10, "reduced": 8, "zero": 0},
                 "shipping": {"standard": 800, "express": 1600}},
}

# sku: name, tax category, prices in the order of CHANNELS
PRODUCTS = {
    "JKT-M": ("Trail Jacket M", "standard", (12999, 11999, 18900)),
    "TEE-S": ("Merino T-Shirt S", "standard", (3995, 3450, 5500)),
    "TEE-L": ("Merino T-Shirt L", "standard", (3995, 3450, 5500)),
    "BOOK-1": ("Field Guide", "reduced", (1899, 1499, 2640)),
    "LAMP-1": ("Head Lamp", "standard", (4999, 4499, 7150)),
    "BAT-AAA": ("AAA Battery", "standard", (99, 79, 143)),
    "BAR-OAT": ("Oat Bar", "zero", (167, 125, 230)),
    "SOCK-42": ("Wool Socks – Größe 42", "standard", (1450, 1250, 1999)),
    "TENT-2P": ('Tent "Nordlys" 2P', "standard", (45900, 39900, 65000)),
}
LINE_PROMOTION_SKUS = ("TEE-S", "TEE-L")
PAYMENT_METHODS = {
    "card-authorize": ("dummy-payment-handler", {"automaticSettle": False}),
    "card-instant": ("dummy-payment-handler", {"automaticSettle": True}),
    "bank-transfer": ("bank-transfer", {}),
}
HUB_PERMISSIONS = [
    "ReadOrder", "UpdateOrder", "CreateOrder", "ReadCustomer", "UpdateCustomer", "ReadCatalog",
    "ReadChannel", "ReadPaymentMethod", "ReadShippingMethod", "ReadPromotion", "ReadTaxRate",
    "ReadStockLocation"]


def _named(name):
    return [{"languageCode": "en", "name": name, "description": ""}]


def _operation(code, **values):
    return {"code": code, "arguments": [
        {"name": name, "value": value if isinstance(value, str) else json.dumps(value)}
        for name, value in values.items()]}


class Seeder:
    """Works through the Admin API as the superadministrator; each step needs those before it."""

    def __init__(self, admin):
        self.admin = admin
        self.channels, self.categories, self.variants, self.products = {}, {}, {}, []

    def run(self):
        self._categories()
        for token, channel in CHANNELS.items():
            self._channel(token, channel)
        shipping = {token: self._shipping(token) for token in CHANNELS}
        payment = self._payment_methods()
        self._products()
        self._promotions()
        return {"channels": self.channels, "shipping_methods": shipping,
                "payment_methods": payment, "coupons": ["SAVE10", "FREESHIP"],
                "variants": {sku: {"id": self.variants[sku], "name": name, "tax": tax,
                                   "prices": dict(zip(CHANNELS, prices))}
                             for sku, (name, tax, prices) in PRODUCTS.items()}}

    def _elsewhere(self):
        """Ids of the channels beside the default one, to which things must be assigned."""
        return [channel["id"] for token, channel in self.channels.items() if token != "us-store"]

    def _assign(self, name, kind, **values):
        for channel in self._elsewhere():
            self.admin.mutate(name, kind, {"channelId": channel, **values})

    def _categories(self):
        for name in ("standard", "reduced", "zero"):
            made = self.admin.mutate("createTaxCategory", "CreateTaxCategoryInput!",
                                     {"name": name, "isDefault": name == "standard"})
            self.categories[name] = made["id"]

    def _channel(self, token, channel):
        code, name = channel["country"]
        country = self.admin.mutate("createCountry", "CreateCountryInput!", {
            "code": code, "enabled": True,
            "translations": [{"languageCode": "en", "name": name}]})["id"]
        zone = self.admin.mutate("createZone", "CreateZoneInput!",
                                 {"name": name, "memberIds": [country]})["id"]
        for category, percent in channel["taxes"].items():
            self.admin.mutate("createTaxRate", "CreateTaxRateInput!", {
                "name": f"{category} {code}", "enabled": True, "value": percent,
                "categoryId": self.categories[category], "zoneId": zone})
        settings = {"token": token, "pricesIncludeTax": channel["gross"], "trackInventory": True,
                    "defaultCurrencyCode": channel["currency"],
                    "availableCurrencyCodes": [channel["currency"]],
                    "defaultTaxZoneId": zone, "defaultShippingZoneId": zone}
        fields = f"...on Channel{{id}} {UNION}"
        if not self.channels:
            default = self.admin("{activeChannel{id}}")["id"]
            made = self.admin.mutate("updateChannel", "UpdateChannelInput!",
                                     {"id": default, **settings}, fields)
            self.admin.channel = token
        else:
            seller = self.admin("{sellers{items{id}}}")["items"][0]["id"]
            made = self.admin.mutate("createChannel", "CreateChannelInput!", {
                "code": token, "defaultLanguageCode": "en", "sellerId": seller, **settings},
                fields)
        self.channels[token] = {"id": made["id"], "token": token, "currency": channel["currency"],
                                "prices_include_tax": channel["gross"], "country": code}

    def _shipping(self, token):
        """Methods of one channel: the calculator's tax does not follow the tax zone.

        The default channel has those of all others too, hence the channel in their codes.
        """
        made = {}
        for code, rate in CHANNELS[token]["shipping"].items():
            method = self.admin.mutate("createShippingMethod", "CreateShippingMethodInput!", {
                "code": f"{code}-{token}", "fulfillmentHandler": "manual-fulfillment",
                "checker": _operation("default-shipping-eligibility-checker", orderMinimum=0),
                "calculator": _operation("default-shipping-calculator", rate=rate,
                                         includesTax="auto",
                                         taxRate=CHANNELS[token]["taxes"]["standard"]),
                "translations": _named(code.capitalize())})["id"]
            if token != "us-store":
                self.admin.mutate("assignShippingMethodsToChannel",
                                  "AssignShippingMethodsToChannelInput!", {
                                      "channelId": self.channels[token]["id"],
                                      "shippingMethodIds": [method]})
            made[f"{code}-{token}"] = method
        return made

    def _payment_methods(self):
        made = {code: self.admin.mutate("createPaymentMethod", "CreatePaymentMethodInput!", {
            "code": code, "enabled": True, "handler": _operation(handler, **values),
            "translations": _named(code)})["id"]
            for code, (handler, values) in PAYMENT_METHODS.items()}
        self._assign("assignPaymentMethodsToChannel", "AssignPaymentMethodsToChannelInput!",
                     paymentMethodIds=list(made.values()))
        return made

    def _products(self):
        places = [place["id"] for place in self.admin("{stockLocations{items{id}}}")["items"]]
        self._assign("assignStockLocationsToChannel", "AssignStockLocationsToChannelInput!",
                     stockLocationIds=places)
        for sku, (name, tax, prices) in PRODUCTS.items():
            product = self.admin.mutate("createProduct", "CreateProductInput!", {
                "enabled": True, "translations": [{"languageCode": "en", "name": name,
                                                   "slug": sku.lower(), "description": ""}]})["id"]
            (variant,) = self.admin.mutate(
                "createProductVariants", "[CreateProductVariantInput!]!", [{
                    "productId": product, "sku": sku, "price": prices[0],
                    "taxCategoryId": self.categories[tax], "stockOnHand": 100000,
                    "translations": [{"languageCode": "en", "name": name}]}])
            self.products.append(product)
            self.variants[sku] = variant["id"]
        self._assign("assignProductsToChannel", "AssignProductsToChannelInput!",
                     productIds=self.products, priceFactor=1)
        for index, token in enumerate(CHANNELS):
            if token == "us-store":
                continue
            self.admin.channel = token
            self.admin.mutate("updateProductVariants", "[UpdateProductVariantInput!]!", [
                {"id": self.variants[sku], "price": prices[index]}
                for sku, (_, _, prices) in PRODUCTS.items()])
        self.admin.channel = "us-store"

    def _promotions(self):
        shirts = [self.variants[sku] for sku in LINE_PROMOTION_SKUS]
        always = _operation("minimum_order_amount", amount=0, taxInclusive=False)
        rules = [
            ("10% off the order", "SAVE10", [], _operation("order_percentage_discount",
                                                           discount=10)),
            ("Free shipping", "FREESHIP", [], _operation("free_shipping")),
            ("T-shirts 15% off", None, [always], _operation(
                "products_percentage_discount", discount=15, productVariantIds=shirts)),
        ]
        made = [self.admin.mutate("createPromotion", "CreatePromotionInput!", {
            "enabled": True, "couponCode": coupon, "conditions": conditions, "actions": [action],
            "translations": _named(name)}, f"...on Promotion{{id}} {UNION}")["id"]
            for name, coupon, conditions, action in rules]
        self._assign("assignPromotionsToChannel", "AssignPromotionsToChannelInput!",
                     promotionIds=made)

    def hub(self, username, password):
        """The connector's own administrator, with no more rights than it needs."""
        role = self.admin.mutate("createRole", "CreateRoleInput!", {
            "code": "orderhub", "description": "Integration hub", "permissions": HUB_PERMISSIONS,
            "channelIds": [channel["id"] for channel in self.channels.values()]})["id"]
        self.admin.mutate("createAdministrator", "CreateAdministratorInput!", {
            "firstName": "Integration", "lastName": "Hub", "emailAddress": username,
            "password": password, "roleIds": [role]})
