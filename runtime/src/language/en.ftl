# The words of violations in English: one message for each code, and for its parameters where they change the text.
# They complete "the value ..".

## Lists and numbers

list-comma = { ", " }
list-or = { " or " }
list-and = { " and " }
number-point = .

## Problems

problem-invalid = the request breaks rules of this endpoint

## What stands without being written

refused = is refused
missing = is required
unknown = is not known here
duplicate = must be there once
malformed = is not a JSON document in UTF-8
too_large = is longer than what is accepted can be
undecodable = could not be decoded
not_writable = may not be given by this caller
type =
    { $expected ->
        [string] must be a string
        [integer] must be an integer
        [number] must be a number
        [boolean] must be a boolean
        [character] must be a single character
        [null] must be null
        [array] must be an array
        [file] must be a file
       *[object] must be an object
    }
file_size = must be a file of at most { $max } bytes
media_type = must be a file of a documented media type, by its declaration and by its content
format =
    { $format ->
        [date-time] must be a date with time and offset
        [partial-date-time] must be a date with time
        [zoned-date-time] must be a date with time, offset and time zone
        [date] must be a date
        [ipv4] must be an IPv4 address
        [ipv6] must be an IPv6 address
        [ip] must be an IP address
        [uri] must be an absolute URL
        [uuid] must be a UUID
       *[other] must have the form `{ $format }`
    }

## Length and size

length-min-max = must have a length from { $min } to { $max }
length-min = must have a length of at least { $min }
length-max = must have a length of at most { $max }
length-equal = must have a length of { $min }
length-min-max-unit =
    { $unit ->
        [bytes] must have a length from { $min } to { $max } bytes
       *[graphemes] must have a length from { $min } to { $max } graphemes
    }
length-min-unit =
    { $unit ->
        [bytes] must have a length of at least { $min } bytes
       *[graphemes] must have a length of at least { $min } graphemes
    }
length-max-unit =
    { $unit ->
        [bytes] must have a length of at most { $max } bytes
       *[graphemes] must have a length of at most { $max } graphemes
    }
length-equal-unit =
    { $unit ->
        [bytes] must have a length of { $min } bytes
       *[graphemes] must have a length of { $min } graphemes
    }
range = is beyond what this field can hold
range-min-max = must be from { $min } to { $max }
range-min-below = must be at least { $min } and below { $below }
range-above-max = must be above { $above } and at most { $max }
range-above-below = must be above { $above } and below { $below }
range-min = must be at least { $min }
range-above = must be above { $above }
range-max = must be at most { $max }
range-below = must be below { $below }
multiple_of = must be a multiple of { $factor }
clamp-min-max = must be from { $min } to { $max }
clamp-min = must be at least { $min }
clamp-max = must be at most { $max }
unique = must not hold the same item twice

## Texts

pattern = must match `{ $pattern }`
one_of = must be one of the documented names
one_of-choices = must be one of { $choices }
not_one_of = must not be one of { $refused }
ascii = must hold ASCII characters only
ascii-only = must hold printable ASCII characters only
alphanumeric = must hold letters and digits of ASCII only
alphanumeric-letters = must hold letters and digits only
prefix = must begin with `{ $prefix }`
suffix = must end with `{ $suffix }`
contains = must contain `{ $contains }`
excludes = must not contain `{ $excludes }`
slug = must be small letters and digits, in words with one hyphen between them
identifier = must be a letter or `_`, followed by letters, digits and `_`
no_control = must not contain control characters
no_control-allow =
    { $allow ->
        [tab] must not contain control characters other than tab
       *[lines] must not contain control characters other than tab and line ends
    }
no_bidi = must not contain characters that control the direction of the text
single_script = must be written in one script
single_script-level = must be written in one script, or in Latin beside Japanese, Korean or Chinese
header_value = must be visible ASCII characters, with spaces and tabs only between them
path_segment = must be one name within a path, of at most 255 bytes
filename = must be a name that every operating system takes for a file, of at most 255 bytes
json = must be a JSON document, nested at most { $depth } deep
semver = must be a version of Semantic Versioning, like `1.4.0`
base64 = must be bytes in base 64, padded
base64-min-max = must be bytes in base 64, padded, from { $min } to { $max } of them
base64-min = must be bytes in base 64, padded, at least { $min } of them
base64-max = must be bytes in base 64, padded, at most { $max } of them
base64-equal = must be bytes in base 64, padded, { $min } of them
base64-padding =
    { $padding ->
        [none] must be bytes in base 64, without padding
       *[optional] must be bytes in base 64
    }
base64-padding-min-max =
    { $padding ->
        [none] must be bytes in base 64, without padding, from { $min } to { $max } of them
       *[optional] must be bytes in base 64, from { $min } to { $max } of them
    }
base64-padding-min =
    { $padding ->
        [none] must be bytes in base 64, without padding, at least { $min } of them
       *[optional] must be bytes in base 64, at least { $min } of them
    }
base64-padding-max =
    { $padding ->
        [none] must be bytes in base 64, without padding, at most { $max } of them
       *[optional] must be bytes in base 64, at most { $max } of them
    }
base64-padding-equal =
    { $padding ->
        [none] must be bytes in base 64, without padding, { $min } of them
       *[optional] must be bytes in base 64, { $min } of them
    }
base64-alphabet = must be bytes in the base 64 for addresses, padded
base64-alphabet-min-max = must be bytes in the base 64 for addresses, padded, from { $min } to { $max } of them
base64-alphabet-min = must be bytes in the base 64 for addresses, padded, at least { $min } of them
base64-alphabet-max = must be bytes in the base 64 for addresses, padded, at most { $max } of them
base64-alphabet-equal = must be bytes in the base 64 for addresses, padded, { $min } of them
base64-alphabet-padding =
    { $padding ->
        [none] must be bytes in the base 64 for addresses, without padding
       *[optional] must be bytes in the base 64 for addresses
    }
base64-alphabet-padding-min-max =
    { $padding ->
        [none] must be bytes in the base 64 for addresses, without padding, from { $min } to { $max } of them
       *[optional] must be bytes in the base 64 for addresses, from { $min } to { $max } of them
    }
base64-alphabet-padding-min =
    { $padding ->
        [none] must be bytes in the base 64 for addresses, without padding, at least { $min } of them
       *[optional] must be bytes in the base 64 for addresses, at least { $min } of them
    }
base64-alphabet-padding-max =
    { $padding ->
        [none] must be bytes in the base 64 for addresses, without padding, at most { $max } of them
       *[optional] must be bytes in the base 64 for addresses, at most { $max } of them
    }
base64-alphabet-padding-equal =
    { $padding ->
        [none] must be bytes in the base 64 for addresses, without padding, { $min } of them
       *[optional] must be bytes in the base 64 for addresses, { $min } of them
    }
hex = must be bytes in base 16
hex-min-max = must be bytes in base 16, from { $min } to { $max } of them
hex-min = must be bytes in base 16, at least { $min } of them
hex-max = must be bytes in base 16, at most { $max } of them
hex-equal = must be bytes in base 16, { $min } of them
hex-case =
    { $case ->
        [lower] must be bytes in base 16, with small letters
       *[upper] must be bytes in base 16, with capitals
    }
hex-case-min-max =
    { $case ->
        [lower] must be bytes in base 16, with small letters, from { $min } to { $max } of them
       *[upper] must be bytes in base 16, with capitals, from { $min } to { $max } of them
    }
hex-case-min =
    { $case ->
        [lower] must be bytes in base 16, with small letters, at least { $min } of them
       *[upper] must be bytes in base 16, with capitals, at least { $min } of them
    }
hex-case-max =
    { $case ->
        [lower] must be bytes in base 16, with small letters, at most { $max } of them
       *[upper] must be bytes in base 16, with capitals, at most { $max } of them
    }
hex-case-equal =
    { $case ->
        [lower] must be bytes in base 16, with small letters, { $min } of them
       *[upper] must be bytes in base 16, with capitals, { $min } of them
    }

## Cleaning

trim = must have no white space at its ends
collapse_whitespace = must have no white space but single spaces between words
lowercase = must be in lower case
uppercase = must be in upper case
nfc = must be in Unicode Normalization Form C
nfkc = must be in Unicode Normalization Form KC
strip_control = must have no control characters
strip_control-keep =
    { $keep ->
        [lines] must have no control characters but line breaks
       *[layout] must have no control characters but line breaks and tabs
    }
truncate = must have a length of at most { $max }
escape_html = must have `&`, `<`, `>` and quotes written as character references
html = must be HTML with no markup beyond the policy `{ $policy }`
normalize_email = must be an e-mail address with its domain in lower case
normalize_email-local = must be an e-mail address in lower case
normalize_url = must be a URL as the URL standard writes it
precis =
    { $profile ->
        [opaque_string] must be an opaque string as RFC 8265 has it, at most 256 long
        [nickname] must be a nickname as RFC 8266 has it, at most 256 long
       *[username] must be a user name as RFC 8265 has it, at most 256 long
    }

## Addresses

email = must be an e-mail address
hostname = must be the name of a host
url = must be a URL
url-schemes-host-max =
    { $host ->
        [public] must be a URL with the scheme { $schemes-or } and a public host
       *[any] must be a URL with the scheme { $schemes-or } and a host
    }
ip = must be an IP address
ip-range =
    { $range ->
        [public] must be a public IP address
       *[private] must be a private IP address
    }
ip-version = must be an IP address of version { $version }
ip-version-range =
    { $range ->
        [public] must be a public IP address of version { $version }
       *[private] must be a private IP address of version { $version }
    }
cidr = must be a network in CIDR notation
cidr-range =
    { $range ->
        [public] must be a public network in CIDR notation
       *[private] must be a private network in CIDR notation
    }
cidr-version = must be a network in CIDR notation of version { $version }
cidr-version-range =
    { $range ->
        [public] must be a public network in CIDR notation of version { $version }
       *[private] must be a private network in CIDR notation of version { $version }
    }
cidr-range-host_bits =
    { $range ->
        [public] must be a public network in CIDR notation
       *[private] must be a private network in CIDR notation
    }
cidr-version-host_bits = must be a network in CIDR notation of version { $version }
cidr-version-range-host_bits =
    { $range ->
        [public] must be a public network in CIDR notation of version { $version }
       *[private] must be a private network in CIDR notation of version { $version }
    }
port = must be a port from 1 to 65535
phone = must be a telephone number like `+14155550132`
phone-region = must be a telephone number of the region { $region }
mac =
    { $form ->
        [eui48] must be an EUI-48 address with colons or hyphens
       *[eui64] must be an EUI-64 address with colons or hyphens
    }
mac-form-separator =
    { $separator ->
        [colon] { $form ->
            [eui48] must be an EUI-48 address with colons
           *[eui64] must be an EUI-64 address with colons
        }
       *[hyphen] { $form ->
            [eui48] must be an EUI-48 address with hyphens
           *[eui64] must be an EUI-64 address with hyphens
        }
    }

## Identifiers and money

uuid = must be a UUID
uuid-version = must be a UUID of version { $version }
uuid-versions = must be a UUID of version { $versions-or }
ulid = must be a ULID
ulid-case =
    { $case ->
        [upper] must be a ULID in upper case
       *[any] must be a ULID
    }
iban = must be an IBAN
iban-format =
    { $format ->
        [electronic] must be an IBAN without spaces
        [paper] must be an IBAN in groups of four
       *[any] must be an IBAN
    }
bic = must be a BIC of 8 or 11 characters
card = must be a payment card number
card-separator =
    { $separator ->
        [space] must be a payment card number, with or without spaces
        [hyphen] must be a payment card number, with or without hyphens
       *[none] must be a payment card number, its digits alone
    }
currency = must be a currency code of ISO 4217
country = must be a country code of ISO 3166-1
country-form =
    { $form ->
        [alpha3] must be a country code of three letters, of ISO 3166-1
        [numeric] must be a country code of three digits, of ISO 3166-1
       *[alpha2] must be a country code of two letters, of ISO 3166-1
    }
language = must be a language tag of BCP 47, such as `en` or `zh-Hant-TW`
timezone = must be a time zone of the IANA database, such as `Europe/Berlin`
decimal-digits-scale =
    { $scale ->
        [0] must be a whole number of at most { $digits } digits
       *[other] must be a decimal number of at most { $digits } digits, at most { $scale } of them behind the point
    }
decimal-digits-scale-min-max =
    { $scale ->
        [0] must be a whole number of at most { $digits } digits, at least { $min }, at most { $max }
       *[other] must be a decimal number of at most { $digits } digits, at most { $scale } of them behind the point, at least { $min }, at most { $max }
    }
decimal-digits-scale-min-below =
    { $scale ->
        [0] must be a whole number of at most { $digits } digits, at least { $min }, below { $below }
       *[other] must be a decimal number of at most { $digits } digits, at most { $scale } of them behind the point, at least { $min }, below { $below }
    }
decimal-digits-scale-above-max =
    { $scale ->
        [0] must be a whole number of at most { $digits } digits, above { $above }, at most { $max }
       *[other] must be a decimal number of at most { $digits } digits, at most { $scale } of them behind the point, above { $above }, at most { $max }
    }
decimal-digits-scale-above-below =
    { $scale ->
        [0] must be a whole number of at most { $digits } digits, above { $above }, below { $below }
       *[other] must be a decimal number of at most { $digits } digits, at most { $scale } of them behind the point, above { $above }, below { $below }
    }
decimal-digits-scale-min =
    { $scale ->
        [0] must be a whole number of at most { $digits } digits, at least { $min }
       *[other] must be a decimal number of at most { $digits } digits, at most { $scale } of them behind the point, at least { $min }
    }
decimal-digits-scale-above =
    { $scale ->
        [0] must be a whole number of at most { $digits } digits, above { $above }
       *[other] must be a decimal number of at most { $digits } digits, at most { $scale } of them behind the point, above { $above }
    }
decimal-digits-scale-max =
    { $scale ->
        [0] must be a whole number of at most { $digits } digits, at most { $max }
       *[other] must be a decimal number of at most { $digits } digits, at most { $scale } of them behind the point, at most { $max }
    }
decimal-digits-scale-below =
    { $scale ->
        [0] must be a whole number of at most { $digits } digits, below { $below }
       *[other] must be a decimal number of at most { $digits } digits, at most { $scale } of them behind the point, below { $below }
    }
password = must be harder to guess, and at most 128 characters long

## Time

past = must not be in the future
future = must be in the future
before = must be before { $moment }
after = must be after { $moment }
within =
    must be within { UNIT($seconds) ->
        [days] { COUNT($seconds) ->
            [one] { COUNT($seconds) } day
           *[other] { COUNT($seconds) } days
        }
        [hours] { COUNT($seconds) ->
            [one] { COUNT($seconds) } hour
           *[other] { COUNT($seconds) } hours
        }
        [minutes] { COUNT($seconds) ->
            [one] { COUNT($seconds) } minute
           *[other] { COUNT($seconds) } minutes
        }
       *[seconds] { COUNT($seconds) ->
            [one] { COUNT($seconds) } second
           *[other] { COUNT($seconds) } seconds
        }
    } of now

## Between fields

required = is required
required_if = is required by { $fields-and }
required_with = is required with { $fields-or }
excluded_with = must be absent with { $fields-or }
exactly_one_of = must have exactly one of { $fields-and }
at_least_one_of = must have at least one of { $fields-and }
equal_to = must equal { $fields-and }
differs_from = must differ from { $fields-and }
less_than = must be below { $fields-and }
greater_than = must be above { $fields-and }
