"""The legal values that connectors compare with: data (`config/findings.toml`), each with its source and doubt."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Days, months, years and hours as named; money in the currency named; temperatures in degrees Celsius.

    The excise limits are each adult's; `quota_myr` is a month's, and `tank` and rates of duty are in percent.
    Countries are ICAO codes; other codes FHIR tokens, `system|code`; origins of outbreaks `CATEGORY|country`.
    `exit_ban_months` is how long an exit ban lasts, and how much one extension adds. `list_name` and `list_keys` say
    which list security's system gives, and by whom it may be signed (base64, Ed25519): they are of the link
    (`config/agencies.toml`), and without a key no list counts.
    """

    home_country: str
    validity_months: int
    adult_years: int
    visa_free: tuple[str, ...]
    overstay_fine_per_day_idr: int
    overstay_deport_days: int
    exit_ban_months: int
    entry_ban_years: int
    trafficking_indicators: int
    previous_months: int
    history_months: int
    visa_run_days: int
    visa_run_stay_days: int
    visa_run_count: int
    short_hop_days: int
    short_hop_count: int
    short_hop_window_days: int
    declaration_days_before: int
    declaration_days_after: int
    allowance_usd: int
    duty_percent: int
    vat_percent: int
    excise_cigarettes: int
    excise_cigars: int
    excise_tobacco_g: int
    excise_alcohol_ml: int
    tobacco_years: int
    alcohol_years: int
    quota_myr: int
    quota_near_percent: int
    frequent_crossings: int
    cash_threshold_idr: int
    cash_fine_percent: int
    cash_fine_max_idr: int
    foreign_notes_idr: int
    vehicle_days: int
    vehicle_tank_percent: int
    temperature_raised: float
    temperature_fever: float
    temperature_high: float
    temperature_hours: int
    travel_days: int
    yellow_fever_countries: tuple[str, ...]
    yellow_fever_days: int
    pass_days: int
    temperature_codes: tuple[str, ...]
    yellow_fever_codes: tuple[str, ...]
    outbreak_countries: tuple[str, ...]
    animal_certificates: tuple[str, ...]
    product_certificates: tuple[str, ...]
    plant_certificates: tuple[str, ...]
    certificate_days: int
    outbreak_origins: tuple[str, ...]
    list_name: str = ""
    list_keys: tuple[str, ...] = ()
