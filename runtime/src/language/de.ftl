# Die Worte der Verletzungen auf Deutsch: je Code eine Nachricht, und je Parametern, wo sie den Text ändern.
# Sie ergänzen „der Wert ..“.

## Listen und Zahlen

list-comma = { ", " }
list-or = { " oder " }
list-and = { " und " }
number-point = ,

## Antworten

problem-invalid = die Anfrage verletzt Regeln dieses Endpunkts

## Was gilt, ohne dass es da steht

refused = wird abgelehnt
missing = ist erforderlich
unknown = ist hier nicht bekannt
duplicate = darf nur einmal vorkommen
malformed = ist kein JSON-Dokument in UTF-8
too_large = ist länger, als hier angenommen werden kann
undecodable = konnte nicht gelesen werden
not_writable = darf von diesem Aufrufer nicht angegeben werden
type =
    { $expected ->
        [string] muss ein Text sein
        [integer] muss eine ganze Zahl sein
        [number] muss eine Zahl sein
        [boolean] muss ein Wahrheitswert sein
        [character] muss ein einzelnes Zeichen sein
        [null] muss null sein
        [array] muss eine Liste sein
        [file] muss eine Datei sein
       *[object] muss ein Objekt sein
    }
file_size = muss eine Datei von höchstens { $max } Byte sein
media_type = muss eine Datei eines dokumentierten Medientyps sein, nach Angabe und Inhalt
format =
    { $format ->
        [date-time] muss ein Datum mit Uhrzeit und Abstand zu UTC sein
        [partial-date-time] muss ein Datum mit Uhrzeit sein
        [zoned-date-time] muss ein Datum mit Uhrzeit, Abstand zu UTC und Zeitzone sein
        [date] muss ein Datum sein
        [ipv4] muss eine IPv4-Adresse sein
        [ipv6] muss eine IPv6-Adresse sein
        [ip] muss eine IP-Adresse sein
        [uri] muss eine absolute URL sein
        [uuid] muss eine UUID sein
       *[other] muss die Form `{ $format }` haben
    }

## Länge und Größe

length-min-max = muss eine Länge von { $min } bis { $max } haben
length-min = muss eine Länge von mindestens { $min } haben
length-max = muss eine Länge von höchstens { $max } haben
length-equal = muss eine Länge von genau { $min } haben
length-min-max-unit =
    { $unit ->
        [bytes] muss eine Länge von { $min } bis { $max } Byte haben
       *[graphemes] muss eine Länge von { $min } bis { $max } sichtbaren Zeichen haben
    }
length-min-unit =
    { $unit ->
        [bytes] muss eine Länge von mindestens { $min } Byte haben
       *[graphemes] muss eine Länge von mindestens { $min } sichtbaren Zeichen haben
    }
length-max-unit =
    { $unit ->
        [bytes] muss eine Länge von höchstens { $max } Byte haben
       *[graphemes] muss eine Länge von höchstens { $max } sichtbaren Zeichen haben
    }
length-equal-unit =
    { $unit ->
        [bytes] muss eine Länge von genau { $min } Byte haben
       *[graphemes] muss eine Länge von genau { $min } sichtbaren Zeichen haben
    }
range = liegt außerhalb dessen, was dieses Feld fassen kann
range-min-max = muss zwischen { $min } und { $max } liegen
range-min-below = muss mindestens { $min } und kleiner als { $below } sein
range-above-max = muss größer als { $above } und höchstens { $max } sein
range-above-below = muss größer als { $above } und kleiner als { $below } sein
range-min = muss mindestens { $min } sein
range-above = muss größer als { $above } sein
range-max = muss höchstens { $max } sein
range-below = muss kleiner als { $below } sein
multiple_of = muss ein Vielfaches von { $factor } sein
clamp-min-max = muss zwischen { $min } und { $max } liegen
clamp-min = muss mindestens { $min } sein
clamp-max = muss höchstens { $max } sein
unique = darf keinen Eintrag zweimal enthalten

## Texte

pattern = muss dem Muster `{ $pattern }` entsprechen
one_of = muss einer der dokumentierten Namen sein
one_of-choices = muss einer dieser Werte sein: { $choices }
not_one_of = darf keiner dieser Werte sein: { $refused }
ascii = darf nur ASCII-Zeichen enthalten
ascii-only = darf nur druckbare ASCII-Zeichen enthalten
alphanumeric = darf nur Buchstaben und Ziffern aus ASCII enthalten
alphanumeric-letters = darf nur Buchstaben und Ziffern enthalten
prefix = muss mit `{ $prefix }` beginnen
suffix = muss mit `{ $suffix }` enden
contains = muss `{ $contains }` enthalten
excludes = darf `{ $excludes }` nicht enthalten
slug = muss aus Kleinbuchstaben und Ziffern bestehen, in Wörtern mit je einem Bindestrich dazwischen
identifier = muss ein Buchstabe oder `_` sein, gefolgt von Buchstaben, Ziffern und `_`
no_control = darf keine Steuerzeichen enthalten
no_control-allow =
    { $allow ->
        [tab] darf außer Tabulatoren keine Steuerzeichen enthalten
       *[lines] darf außer Tabulatoren und Zeilenenden keine Steuerzeichen enthalten
    }
no_bidi = darf keine Zeichen enthalten, die die Schreibrichtung steuern
single_script = muss in einer einzigen Schrift geschrieben sein
single_script-level = muss in einer einzigen Schrift geschrieben sein, oder lateinisch neben Japanisch, Koreanisch oder Chinesisch
header_value = muss aus sichtbaren ASCII-Zeichen bestehen, mit Leerzeichen und Tabulatoren nur dazwischen
path_segment = muss ein einzelner Name innerhalb eines Pfades sein, mit höchstens 255 Byte
filename = muss ein Dateiname sein, den jedes Betriebssystem annimmt, mit höchstens 255 Byte
json =
    { $depth ->
        [one] muss ein JSON-Dokument sein, mit höchstens { $depth } Ebene
       *[other] muss ein JSON-Dokument sein, mit höchstens { $depth } Ebenen
    }
semver = muss eine Version nach Semantic Versioning sein, etwa `1.4.0`
base64 = muss Bytes in Base64 darstellen, mit Füllzeichen
base64-min-max = muss { $min } bis { $max } Byte in Base64 darstellen, mit Füllzeichen
base64-min = muss mindestens { $min } Byte in Base64 darstellen, mit Füllzeichen
base64-max = muss höchstens { $max } Byte in Base64 darstellen, mit Füllzeichen
base64-equal = muss genau { $min } Byte in Base64 darstellen, mit Füllzeichen
base64-padding =
    { $padding ->
        [none] muss Bytes in Base64 darstellen, ohne Füllzeichen
       *[optional] muss Bytes in Base64 darstellen
    }
base64-padding-min-max =
    { $padding ->
        [none] muss { $min } bis { $max } Byte in Base64 darstellen, ohne Füllzeichen
       *[optional] muss { $min } bis { $max } Byte in Base64 darstellen
    }
base64-padding-min =
    { $padding ->
        [none] muss mindestens { $min } Byte in Base64 darstellen, ohne Füllzeichen
       *[optional] muss mindestens { $min } Byte in Base64 darstellen
    }
base64-padding-max =
    { $padding ->
        [none] muss höchstens { $max } Byte in Base64 darstellen, ohne Füllzeichen
       *[optional] muss höchstens { $max } Byte in Base64 darstellen
    }
base64-padding-equal =
    { $padding ->
        [none] muss genau { $min } Byte in Base64 darstellen, ohne Füllzeichen
       *[optional] muss genau { $min } Byte in Base64 darstellen
    }
base64-alphabet = muss Bytes in URL-sicherem Base64 darstellen, mit Füllzeichen
base64-alphabet-min-max = muss { $min } bis { $max } Byte in URL-sicherem Base64 darstellen, mit Füllzeichen
base64-alphabet-min = muss mindestens { $min } Byte in URL-sicherem Base64 darstellen, mit Füllzeichen
base64-alphabet-max = muss höchstens { $max } Byte in URL-sicherem Base64 darstellen, mit Füllzeichen
base64-alphabet-equal = muss genau { $min } Byte in URL-sicherem Base64 darstellen, mit Füllzeichen
base64-alphabet-padding =
    { $padding ->
        [none] muss Bytes in URL-sicherem Base64 darstellen, ohne Füllzeichen
       *[optional] muss Bytes in URL-sicherem Base64 darstellen
    }
base64-alphabet-padding-min-max =
    { $padding ->
        [none] muss { $min } bis { $max } Byte in URL-sicherem Base64 darstellen, ohne Füllzeichen
       *[optional] muss { $min } bis { $max } Byte in URL-sicherem Base64 darstellen
    }
base64-alphabet-padding-min =
    { $padding ->
        [none] muss mindestens { $min } Byte in URL-sicherem Base64 darstellen, ohne Füllzeichen
       *[optional] muss mindestens { $min } Byte in URL-sicherem Base64 darstellen
    }
base64-alphabet-padding-max =
    { $padding ->
        [none] muss höchstens { $max } Byte in URL-sicherem Base64 darstellen, ohne Füllzeichen
       *[optional] muss höchstens { $max } Byte in URL-sicherem Base64 darstellen
    }
base64-alphabet-padding-equal =
    { $padding ->
        [none] muss genau { $min } Byte in URL-sicherem Base64 darstellen, ohne Füllzeichen
       *[optional] muss genau { $min } Byte in URL-sicherem Base64 darstellen
    }
hex = muss Bytes hexadezimal darstellen
hex-min-max = muss { $min } bis { $max } Byte hexadezimal darstellen
hex-min = muss mindestens { $min } Byte hexadezimal darstellen
hex-max = muss höchstens { $max } Byte hexadezimal darstellen
hex-equal = muss genau { $min } Byte hexadezimal darstellen
hex-case =
    { $case ->
        [lower] muss Bytes hexadezimal darstellen, in Kleinbuchstaben
       *[upper] muss Bytes hexadezimal darstellen, in Großbuchstaben
    }
hex-case-min-max =
    { $case ->
        [lower] muss { $min } bis { $max } Byte hexadezimal darstellen, in Kleinbuchstaben
       *[upper] muss { $min } bis { $max } Byte hexadezimal darstellen, in Großbuchstaben
    }
hex-case-min =
    { $case ->
        [lower] muss mindestens { $min } Byte hexadezimal darstellen, in Kleinbuchstaben
       *[upper] muss mindestens { $min } Byte hexadezimal darstellen, in Großbuchstaben
    }
hex-case-max =
    { $case ->
        [lower] muss höchstens { $max } Byte hexadezimal darstellen, in Kleinbuchstaben
       *[upper] muss höchstens { $max } Byte hexadezimal darstellen, in Großbuchstaben
    }
hex-case-equal =
    { $case ->
        [lower] muss genau { $min } Byte hexadezimal darstellen, in Kleinbuchstaben
       *[upper] muss genau { $min } Byte hexadezimal darstellen, in Großbuchstaben
    }

## Bereinigung

trim = darf am Anfang und Ende keinen Leerraum haben
collapse_whitespace = darf außer einzelnen Leerzeichen zwischen Wörtern keinen Leerraum haben
lowercase = muss in Kleinbuchstaben geschrieben sein
uppercase = muss in Großbuchstaben geschrieben sein
nfc = muss in der Unicode-Normalform C stehen
nfkc = muss in der Unicode-Normalform KC stehen
strip_control = darf keine Steuerzeichen enthalten
strip_control-keep =
    { $keep ->
        [lines] darf außer Zeilenumbrüchen keine Steuerzeichen enthalten
       *[layout] darf außer Zeilenumbrüchen und Tabulatoren keine Steuerzeichen enthalten
    }
truncate = muss eine Länge von höchstens { $max } haben
escape_html = muss `&`, `<`, `>` und Anführungszeichen als Zeichenreferenzen schreiben
html = muss HTML ohne Auszeichnung außerhalb der Richtlinie `{ $policy }` sein
normalize_email = muss eine E-Mail-Adresse mit kleingeschriebener Domain sein
normalize_email-local = muss eine kleingeschriebene E-Mail-Adresse sein
normalize_url = muss eine URL in der Schreibweise des URL-Standards sein
precis =
    { $profile ->
        [opaque_string] muss ein Text nach RFC 8265 (OpaqueString) mit einer Länge von höchstens 256 sein
        [nickname] muss ein Anzeigename nach RFC 8266 mit einer Länge von höchstens 256 sein
       *[username] muss ein Benutzername nach RFC 8265 mit einer Länge von höchstens 256 sein
    }

## Adressen

email = muss eine E-Mail-Adresse sein
hostname = muss ein Hostname sein
url = muss eine URL sein
url-schemes-host-max =
    { $host ->
        [public] muss eine URL mit dem Schema { $schemes-or } und einem öffentlichen Host sein
       *[any] muss eine URL mit dem Schema { $schemes-or } und einem Host sein
    }
ip = muss eine IP-Adresse sein
ip-range =
    { $range ->
        [public] muss eine öffentliche IP-Adresse sein
       *[private] muss eine private IP-Adresse sein
    }
ip-version = muss eine IP-Adresse der Version { $version } sein
ip-version-range =
    { $range ->
        [public] muss eine öffentliche IP-Adresse der Version { $version } sein
       *[private] muss eine private IP-Adresse der Version { $version } sein
    }
cidr = muss ein Netz in CIDR-Schreibweise sein
cidr-range =
    { $range ->
        [public] muss ein öffentliches Netz in CIDR-Schreibweise sein
       *[private] muss ein privates Netz in CIDR-Schreibweise sein
    }
cidr-version = muss ein Netz der Version { $version } in CIDR-Schreibweise sein
cidr-version-range =
    { $range ->
        [public] muss ein öffentliches Netz der Version { $version } in CIDR-Schreibweise sein
       *[private] muss ein privates Netz der Version { $version } in CIDR-Schreibweise sein
    }
cidr-range-host_bits =
    { $range ->
        [public] muss ein öffentliches Netz in CIDR-Schreibweise sein
       *[private] muss ein privates Netz in CIDR-Schreibweise sein
    }
cidr-version-host_bits = muss ein Netz der Version { $version } in CIDR-Schreibweise sein
cidr-version-range-host_bits =
    { $range ->
        [public] muss ein öffentliches Netz der Version { $version } in CIDR-Schreibweise sein
       *[private] muss ein privates Netz der Version { $version } in CIDR-Schreibweise sein
    }
port = muss ein Port von 1 bis 65535 sein
phone = muss eine Telefonnummer wie `+14155550132` sein
phone-region = muss eine Telefonnummer der Region { $region } sein
mac =
    { $form ->
        [eui48] muss eine EUI-48-Adresse mit Doppelpunkten oder Bindestrichen sein
       *[eui64] muss eine EUI-64-Adresse mit Doppelpunkten oder Bindestrichen sein
    }
mac-form-separator =
    { $separator ->
        [colon] { $form ->
            [eui48] muss eine EUI-48-Adresse mit Doppelpunkten sein
           *[eui64] muss eine EUI-64-Adresse mit Doppelpunkten sein
        }
       *[hyphen] { $form ->
            [eui48] muss eine EUI-48-Adresse mit Bindestrichen sein
           *[eui64] muss eine EUI-64-Adresse mit Bindestrichen sein
        }
    }

## Kennungen und Geld

uuid = muss eine UUID sein
uuid-version = muss eine UUID der Version { $version } sein
uuid-versions = muss eine UUID der Version { $versions-or } sein
ulid = muss eine ULID sein
ulid-case =
    { $case ->
        [upper] muss eine ULID in Großbuchstaben sein
       *[any] muss eine ULID sein
    }
iban = muss eine IBAN sein
iban-format =
    { $format ->
        [electronic] muss eine IBAN ohne Leerzeichen sein
        [paper] muss eine IBAN in Vierergruppen sein
       *[any] muss eine IBAN sein
    }
bic = muss ein BIC mit 8 oder 11 Zeichen sein
card = muss eine Zahlungskartennummer sein
card-separator =
    { $separator ->
        [space] muss eine Zahlungskartennummer sein, mit oder ohne Leerzeichen
        [hyphen] muss eine Zahlungskartennummer sein, mit oder ohne Bindestriche
       *[none] muss eine Zahlungskartennummer sein, nur ihre Ziffern
    }
currency = muss ein Währungscode nach ISO 4217 sein
country = muss ein Ländercode nach ISO 3166-1 sein
country-form =
    { $form ->
        [alpha3] muss ein Ländercode aus drei Buchstaben nach ISO 3166-1 sein
        [numeric] muss ein Ländercode aus drei Ziffern nach ISO 3166-1 sein
       *[alpha2] muss ein Ländercode aus zwei Buchstaben nach ISO 3166-1 sein
    }
language = muss ein Sprachkürzel nach BCP 47 sein, etwa `en` oder `zh-Hant-TW`
timezone = muss eine Zeitzone der IANA-Datenbank sein, etwa `Europe/Berlin`
decimal-digits-scale =
    { $scale ->
        [0] muss eine ganze Zahl mit höchstens { $digits ->
            [one] einer Ziffer
           *[other] { $digits } Ziffern
        } sein
       *[other] muss eine Dezimalzahl mit höchstens { $digits ->
            [one] einer Ziffer
           *[other] { $digits } Ziffern
        } sein, davon höchstens { $scale } nach dem Punkt
    }
decimal-digits-scale-min-max =
    { $scale ->
        [0] muss eine ganze Zahl mit höchstens { $digits ->
            [one] einer Ziffer
           *[other] { $digits } Ziffern
        } sein, mindestens { $min }, höchstens { $max }
       *[other] muss eine Dezimalzahl mit höchstens { $digits ->
            [one] einer Ziffer
           *[other] { $digits } Ziffern
        } sein, davon höchstens { $scale } nach dem Punkt, mindestens { $min }, höchstens { $max }
    }
decimal-digits-scale-min-below =
    { $scale ->
        [0] muss eine ganze Zahl mit höchstens { $digits ->
            [one] einer Ziffer
           *[other] { $digits } Ziffern
        } sein, mindestens { $min }, kleiner als { $below }
       *[other] muss eine Dezimalzahl mit höchstens { $digits ->
            [one] einer Ziffer
           *[other] { $digits } Ziffern
        } sein, davon höchstens { $scale } nach dem Punkt, mindestens { $min }, kleiner als { $below }
    }
decimal-digits-scale-above-max =
    { $scale ->
        [0] muss eine ganze Zahl mit höchstens { $digits ->
            [one] einer Ziffer
           *[other] { $digits } Ziffern
        } sein, größer als { $above }, höchstens { $max }
       *[other] muss eine Dezimalzahl mit höchstens { $digits ->
            [one] einer Ziffer
           *[other] { $digits } Ziffern
        } sein, davon höchstens { $scale } nach dem Punkt, größer als { $above }, höchstens { $max }
    }
decimal-digits-scale-above-below =
    { $scale ->
        [0] muss eine ganze Zahl mit höchstens { $digits ->
            [one] einer Ziffer
           *[other] { $digits } Ziffern
        } sein, größer als { $above }, kleiner als { $below }
       *[other] muss eine Dezimalzahl mit höchstens { $digits ->
            [one] einer Ziffer
           *[other] { $digits } Ziffern
        } sein, davon höchstens { $scale } nach dem Punkt, größer als { $above }, kleiner als { $below }
    }
decimal-digits-scale-min =
    { $scale ->
        [0] muss eine ganze Zahl mit höchstens { $digits ->
            [one] einer Ziffer
           *[other] { $digits } Ziffern
        } sein, mindestens { $min }
       *[other] muss eine Dezimalzahl mit höchstens { $digits ->
            [one] einer Ziffer
           *[other] { $digits } Ziffern
        } sein, davon höchstens { $scale } nach dem Punkt, mindestens { $min }
    }
decimal-digits-scale-above =
    { $scale ->
        [0] muss eine ganze Zahl mit höchstens { $digits ->
            [one] einer Ziffer
           *[other] { $digits } Ziffern
        } sein, größer als { $above }
       *[other] muss eine Dezimalzahl mit höchstens { $digits ->
            [one] einer Ziffer
           *[other] { $digits } Ziffern
        } sein, davon höchstens { $scale } nach dem Punkt, größer als { $above }
    }
decimal-digits-scale-max =
    { $scale ->
        [0] muss eine ganze Zahl mit höchstens { $digits ->
            [one] einer Ziffer
           *[other] { $digits } Ziffern
        } sein, höchstens { $max }
       *[other] muss eine Dezimalzahl mit höchstens { $digits ->
            [one] einer Ziffer
           *[other] { $digits } Ziffern
        } sein, davon höchstens { $scale } nach dem Punkt, höchstens { $max }
    }
decimal-digits-scale-below =
    { $scale ->
        [0] muss eine ganze Zahl mit höchstens { $digits ->
            [one] einer Ziffer
           *[other] { $digits } Ziffern
        } sein, kleiner als { $below }
       *[other] muss eine Dezimalzahl mit höchstens { $digits ->
            [one] einer Ziffer
           *[other] { $digits } Ziffern
        } sein, davon höchstens { $scale } nach dem Punkt, kleiner als { $below }
    }
password = muss schwerer zu erraten und höchstens 128 Zeichen lang sein

## Zeit

past = darf nicht in der Zukunft liegen
future = muss in der Zukunft liegen
before = muss vor { $moment } liegen
after = muss nach { $moment } liegen
within =
    darf höchstens { UNIT($seconds) ->
        [days] { COUNT($seconds) ->
            [one] einen Tag
           *[other] { COUNT($seconds) } Tage
        }
        [hours] { COUNT($seconds) ->
            [one] eine Stunde
           *[other] { COUNT($seconds) } Stunden
        }
        [minutes] { COUNT($seconds) ->
            [one] eine Minute
           *[other] { COUNT($seconds) } Minuten
        }
       *[seconds] { COUNT($seconds) ->
            [one] eine Sekunde
           *[other] { COUNT($seconds) } Sekunden
        }
    } von jetzt entfernt sein

## Zwischen Feldern

required = ist erforderlich
required_if = ist wegen { $fields-and } erforderlich
required_with = ist zusammen mit { $fields-or } erforderlich
excluded_with = darf nicht zusammen mit { $fields-or } angegeben werden
exactly_one_of = muss genau eines der Felder { $fields-and } haben
at_least_one_of = muss mindestens eines der Felder { $fields-and } haben
equal_to = muss mit { $fields-and } übereinstimmen
differs_from = muss sich von { $fields-and } unterscheiden
less_than = muss kleiner als { $fields-and } sein
greater_than = muss größer als { $fields-and } sein
