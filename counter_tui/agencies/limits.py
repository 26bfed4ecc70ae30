"""The legal values that connectors compare with: data (`config/findings.toml`), each with its source and doubt."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Days, months, years and hours as named; money in the currency named; temperatures in degrees Celsius.

    Countries are ICAO codes; other codes FHIR tokens, `system|code`. `exit_ban_months` is how long an exit ban lasts, and how much one extension adds.
    """

    home_country: str
    validity_months: int
    adult_years: int
    visa_free: tuple[str, ...]
    overstay_fine_per_day_idr: int
    overstay_deport_days: int
    exit_ban_months: int
    trafficking_indicators: int
    previous_months: int
    allowance_usd: int
    quota_near_percent: int
    frequent_crossings: int
    cash_threshold_idr: int
    cash_fine_percent: int
    cash_fine_max_idr: int
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
