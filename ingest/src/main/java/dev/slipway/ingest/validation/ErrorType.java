package dev.slipway.ingest.validation;

/** The kinds of validation error (rule V-01). */
public enum ErrorType {
  REQUIRED("FieldValueRequired", "Required value"),
  INVALID("FieldValueInvalid", "Invalid value"),
  NOT_SUPPORTED("FieldValueNotSupported", "Unsupported value"),
  FORBIDDEN("FieldValueForbidden", "Forbidden"),
  DUPLICATE("FieldValueDuplicate", "Duplicate value"),
  NOT_FOUND("FieldValueNotFound", "Not found"),
  TOO_MANY("FieldValueTooMany", "Too many"),
  TOO_LONG("FieldValueTooLong", "Too long");

  private final String apiName;
  private final String text;

  ErrorType(String apiName, String text) {
    this.apiName = apiName;
    this.text = text;
  }

  /** The reason in the API's status causes. */
  public String apiName() {
    return apiName;
  }

  /** The words users see. */
  public String text() {
    return text;
  }
}
