using Microsoft.CodeAnalysis;

namespace Weir.Analyzers.Determinism.Families;

/// <summary>WEIR1008, as far as a member of a library says it: what goes with the thread or the call, and caches.</summary>
internal static class AmbientFamily
{
    public const string Cure = "keep it in an operator's state, or pass it as a value";

    private static readonly HashSet<string> Changing = new(StringComparer.Ordinal)
    {
        "Add", "AddRange", "AddFirst", "AddLast", "AddOrUpdate", "Append", "AppendLine", "AppendFormat", "AppendJoin", "Clear", "Dequeue",
        "Enqueue", "EnqueueDequeue", "ExceptWith", "GetOrAdd", "Insert", "InsertRange", "IntersectWith", "Pop", "Push", "Remove",
            "RemoveAll",
        "RemoveAt", "RemoveFirst", "RemoveLast", "RemoveRange", "RemoveWhere", "Replace", "Reverse", "Set", "SetValue", "Sort",
        "SymmetricExceptWith", "TryAdd", "TryDequeue", "TryPop", "TryPush", "TryRemove", "TryTake", "TryUpdate", "UnionWith",
            "EnsureCapacity",
        "TrimExcess", "MoveNext",
    };

    public static bool Has(MemberUse use) => use.TypeName switch
    {
        "System.Threading.AsyncLocal" or "System.Threading.ThreadLocal" => use.Name is "Value" or "Values",
        "System.Runtime.Remoting.Messaging.CallContext" => true,
        "System.Diagnostics.Activity" => use.Name is "Current",
        "System.Threading.SynchronizationContext" => use.Name is "Current",
        "System.Threading.ExecutionContext" => use.Name is "Capture",
        "System.Runtime.Caching.MemoryCache" or "System.Runtime.Caching.ObjectCache" => !use.IsConstructor,
        "System.Runtime.CompilerServices.ConditionalWeakTable" => !use.IsConstructor,
        _ => (use.TypeName.StartsWith("Microsoft.Extensions.Caching.", StringComparison.Ordinal) && !use.IsConstructor)
            || IsCurrent(use),
    };

    // The current task, scheduler, principal, transaction: of whoever runs the subtask.
    private static bool IsCurrent(MemberUse use) =>
        use.Member is IPropertySymbol { IsStatic: true }
        && use.Name.StartsWith("Current", StringComparison.Ordinal)
        && use.Name != "CurrentThread"
        && use.IsUnder("System");

    /// <summary>Whether a method of that name changes a collection.</summary>
    public static bool ChangesByName(string name) => Changing.Contains(name);

    /// <summary>Whether a member of a library changes the object that it is called on.</summary>
    public static bool Changes(IMethodSymbol method) =>
        Changing.Contains(method.Name)
        && !method.IsStatic
        && method.ContainingType is { IsReferenceType: true } type
        && type.SpecialType != SpecialType.System_String
        && type.ContainingNamespace?.ToDisplayString() is { } space
        && !space.StartsWith("System.Collections.Immutable", StringComparison.Ordinal)
        && !space.StartsWith("System.Collections.Frozen", StringComparison.Ordinal)
        && (space.StartsWith("System.Collections", StringComparison.Ordinal) || space == "System.Text" || space == "System");

    /// <summary>Whether what a variable of a type holds can change although the variable does not.</summary>
    public static bool IsChangeable(ITypeSymbol? type) => type switch
    {
        IArrayTypeSymbol => true,
        INamedTypeSymbol named => named.ContainingNamespace?.ToDisplayString() is { } space
            && ((space.StartsWith("System.Collections", StringComparison.Ordinal)
                    && !space.StartsWith("System.Collections.Immutable", StringComparison.Ordinal)
                    && !space.StartsWith("System.Collections.Frozen", StringComparison.Ordinal))
                || MemberUse.FullName(named) == "System.Text.StringBuilder"),
        _ => false,
    };
}
