using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Weir.Analyzers;

/// <summary>What answers differently when it is asked again, and what to use in its place.</summary>
internal static class NonDeterministicCalls
{
    private static readonly (DiagnosticDescriptor Rule, string Cure) Time = (Rules.Clock, "use the record's event time");
    private static readonly (DiagnosticDescriptor Rule, string Cure) Random = (Rules.Randomness, "derive it from the record");
    private static readonly (DiagnosticDescriptor Rule, string Cure) Hash = (Rules.SaltedHash, "use StableHash");
    private static readonly (DiagnosticDescriptor Rule, string Cure) Process =
        (Rules.Machine, "read it once, where the pipeline is built, and capture the value");

    private static readonly ImmutableDictionary<string, (DiagnosticDescriptor Rule, string Cure)> Members =
        new Dictionary<string, (DiagnosticDescriptor, string)>
        {
            ["System.DateTime.Now"] = Time,
            ["System.DateTime.UtcNow"] = Time,
            ["System.DateTime.Today"] = Time,
            ["System.DateTimeOffset.Now"] = Time,
            ["System.DateTimeOffset.UtcNow"] = Time,
            ["System.Environment.TickCount"] = Time,
            ["System.Environment.TickCount64"] = Time,
            ["System.Environment.GetEnvironmentVariable"] = Process,
            ["System.Guid.NewGuid"] = Random,
            ["System.Guid.CreateVersion7"] = Random,
            ["System.IO.Path.GetRandomFileName"] = Random,
            ["System.Object.GetHashCode"] = Hash,
            ["System.String.GetHashCode"] = Hash,
            ["System.HashCode.Combine"] = Hash,
            ["System.TimeProvider.GetUtcNow"] = Time,
            ["System.TimeProvider.GetLocalNow"] = Time,
            ["System.TimeProvider.GetTimestamp"] = Time,
        }.ToImmutableDictionary();

    private static readonly ImmutableDictionary<string, (DiagnosticDescriptor Rule, string Cure)> Types =
        new Dictionary<string, (DiagnosticDescriptor, string)>
        {
            ["System.Random"] = Random,
            ["System.Security.Cryptography.RandomNumberGenerator"] = Random,
            ["System.Diagnostics.Stopwatch"] = Time,
        }.ToImmutableDictionary();

    /// <summary>Which rule a member breaks and what to do instead, or null if it may be called.</summary>
    /// <param name="type">The type that declares it.</param>
    /// <param name="member">Its name.</param>
    public static (DiagnosticDescriptor Rule, string Cure)? Find(string type, string member) =>
        Members.TryGetValue($"{type}.{member}", out var found) || Types.TryGetValue(type, out found) ? found : null;
}
