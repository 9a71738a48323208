namespace Weir;

/// <summary>A token for SASL/OAUTHBEARER.</summary>
/// <param name="Value">The token, as the broker reads it.</param>
/// <param name="Expires">When it ends. The client asks for the next one after four fifths of the time.</param>
/// <param name="Principal">The name of the principal that it is for.</param>
public sealed record KafkaToken(string Value, DateTimeOffset Expires, string Principal);
