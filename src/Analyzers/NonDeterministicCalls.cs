using System.Collections.Immutable;

namespace Weir.Analyzers;

/// <summary>What answers differently when it is asked again, and what to use in its place.</summary>
internal static class NonDeterministicCalls
{
    private const string Time = "the record's event time";
    private const string Id = "an id derived from the record";
    private const string Seed = "a value derived from the record";
    private const string Hash = "StableHash, since .NET salts hash codes per process";
    private const string Configuration = "a value read once and written into the pipeline's definition";

    private static readonly ImmutableDictionary<string, string> Members = new Dictionary<string, string>
    {
        ["System.DateTime.Now"] = Time,
        ["System.DateTime.UtcNow"] = Time,
        ["System.DateTime.Today"] = Time,
        ["System.DateTimeOffset.Now"] = Time,
        ["System.DateTimeOffset.UtcNow"] = Time,
        ["System.Environment.TickCount"] = Time,
        ["System.Environment.TickCount64"] = Time,
        ["System.Environment.GetEnvironmentVariable"] = Configuration,
        ["System.Guid.NewGuid"] = Id,
        ["System.Guid.CreateVersion7"] = Id,
        ["System.IO.Path.GetRandomFileName"] = Id,
        ["System.Object.GetHashCode"] = Hash,
        ["System.String.GetHashCode"] = Hash,
        ["System.HashCode.Combine"] = Hash,
        ["System.TimeProvider.GetUtcNow"] = Time,
        ["System.TimeProvider.GetLocalNow"] = Time,
        ["System.TimeProvider.GetTimestamp"] = Time,
    }.ToImmutableDictionary();

    private static readonly ImmutableDictionary<string, string> Types = new Dictionary<string, string>
    {
        ["System.Random"] = Seed,
        ["System.Security.Cryptography.RandomNumberGenerator"] = Seed,
        ["System.Diagnostics.Stopwatch"] = Time,
    }.ToImmutableDictionary();

    /// <summary>What to use in place of a member, or null if it may be called.</summary>
    /// <param name="type">The type that declares it.</param>
    /// <param name="member">Its name.</param>
    public static string? ReplacementOf(string type, string member) =>
        Members.TryGetValue($"{type}.{member}", out var replacement) || Types.TryGetValue(type, out replacement) ? replacement : null;
}
