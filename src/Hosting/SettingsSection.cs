namespace Weir.Hosting;

/// <summary>A section <c>Weir:‹key›:‹name›</c> of the configuration that a connector reads. Among the services of the host, so that a
/// section which nobody reads is noticed.</summary>
/// <param name="Key">What it configures: <c>Kafka</c>.</param>
/// <param name="Name">Which one.</param>
public sealed record SettingsSection(string Key, string Name);
