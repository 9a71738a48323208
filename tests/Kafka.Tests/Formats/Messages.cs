using System.Text.Json.Serialization;

namespace Weir.KafkaLog.Tests.Formats;

/// <summary>A record without a text: reading one needs no memory.</summary>
public readonly record struct Reading(long Sensor, double Value, [property: Epoch(EpochUnit.Milliseconds)] DateTime At, bool IsValid);

/// <summary>A record with texts and parts.</summary>
public sealed record Order(long Id, string Customer, Place? Place, decimal Amount);

/// <summary>A part of an order.</summary>
public sealed record Place(string City, string? Street);

/// <summary>What System.Text.Json has generated.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Order))]
internal sealed partial class ShopJson : JsonSerializerContext;
