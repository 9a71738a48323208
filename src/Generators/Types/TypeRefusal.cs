using Microsoft.CodeAnalysis;

namespace Weir.Generators.Types;

/// <summary>Says of a type why its values cannot be kept, and what to do, before anything in it is looked at.</summary>
internal static class TypeRefusal
{
    /// <summary>Whether the assembly of a type has a codec for it, which registers itself.</summary>
    public static bool HasCodecElsewhere(ITypeSymbol type, Compilation compilation) =>
        type is INamedTypeSymbol { IsGenericType: false } named && IsElsewhere(named, compilation)
        && TypeNames.Attribute(named, "Weir.GenerateCodecAttribute") is not null;

    /// <summary>Why, as the end of a sentence that begins with the type; null if nothing stands against it yet.</summary>
    public static string? Of(ITypeSymbol type, TypeUse use, Compilation compilation) => OfKind(type) ?? type switch
    {
        ITypeParameterSymbol => use == TypeUse.Codec ? "is a type parameter: codecs are written for concrete types"
            : "is a type parameter: rows are written for types that are named where the source or sink is made, so pass that on instead",
        IArrayTypeSymbol { Rank: > 1 } when use == TypeUse.Rows => "is an array of several dimensions: use an array of arrays",
        IArrayTypeSymbol => null,
        INamedTypeSymbol named => OfNamed(named, use, compilation),
        _ => null,
    };

    private static string? OfKind(ITypeSymbol type) => type switch
    {
        { TypeKind: TypeKind.Error } => "is not known to the compiler",
        { TypeKind: TypeKind.Dynamic } => "is dynamic, and may hold anything: name a concrete type",
        { SpecialType: SpecialType.System_Object } => "may hold anything: name a concrete type",
        { TypeKind: TypeKind.Pointer or TypeKind.FunctionPointer } => "is a pointer: it means nothing in another process",
        { TypeKind: TypeKind.Delegate } => "is a delegate: code cannot be stored; "
            + "keep what it is made of, or mark it [MessagePack.IgnoreMember]",
        { IsAnonymousType: true } => "is anonymous: give it a name",
        { IsRefLikeType: true } => "is a ref struct: it cannot be stored",
        { SpecialType: SpecialType.System_IntPtr or SpecialType.System_UIntPtr } => "differs in size between machines: use long",
        _ => null,
    };

    private static string? OfNamed(INamedTypeSymbol type, TypeUse use, Compilation compilation)
    {
        if (Pipelines.Parsing.AliasedAssemblies.Contain(type))
        {
            return "is of a reference with an 'extern alias', which generated code cannot name: give the reference the alias 'global', too";
        }

        if (type.IsFileLocal)
        {
            return "is local to its file, where generated code cannot see it: make it internal";
        }

        if (!compilation.IsSymbolAccessibleWithin(type.OriginalDefinition, compilation.Assembly))
        {
            return "cannot be seen by generated code: make it internal or public";
        }

        if (IsForbidden(type))
        {
            return "is obsolete, and its use is an error, also in generated code: use another type, or let the attribute warn";
        }

        if (type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T || type.TypeKind == TypeKind.Enum)
        {
            return null;
        }

        return use == TypeUse.Rows ? OfRows(type) : OfState(type, compilation);
    }

    private static bool IsForbidden(INamedTypeSymbol? type) =>
        type is not null && (MemberAttributes.IsForbidden(type.OriginalDefinition) || IsForbidden(type.ContainingType));

    private static string? OfRows(INamedTypeSymbol type) => type switch
    {
        { IsTupleType: true } => type.TupleElements.Length > 7 ? "has more than seven items: use a record" : null,
        _ when CollectionTypes.Common(type) is not null => null,
        { TypeKind: TypeKind.Interface } => "is an interface: name the concrete type",
        { IsStatic: true } => "is static: there are no values of it",
        { IsAbstract: true } => "is abstract: name the concrete type",
        _ when FrameworkTypes.HaveCodec(type) => "is no value of a row: keep it as a text or a number",
        _ when !CollectionTypes.IsPlain(type) =>
            "is a collection that Weir does not know: use List, Dictionary, HashSet or an immutable one",
        _ => null,
    };

    private static string? OfState(INamedTypeSymbol type, Compilation compilation) => type switch
    {
        { IsTupleType: true } => null,
        _ when CollectionTypes.ClassFor(type) is { } name =>
            $"is an interface, and what stands behind it would come back as another type: name {name}, or another class",
        _ when CollectionTypes.Find(type) is not null => null,
        { IsStatic: true } => "is static: there are no values of it",
        { TypeKind: TypeKind.Interface } =>
            "is an interface, and anything may stand behind it: name the concrete type, or an abstract record with its types nested in it",
        _ when OfMachine(type) is { } reason => reason,
        _ when !CollectionTypes.IsPlain(type) =>
            "is a collection that Weir does not know: use List, Dictionary, HashSet, Queue, Stack or an immutable one, or give it a "
                + "[CustomCodec]",
        _ when IsElsewhere(type, compilation) && !FrameworkTypes.ArePlain(type) => IsOfFramework(type)
            ? "is a type of another assembly, whose fields cannot be seen: keep what it is made of, or name a [CustomCodec] for it"
            : "is a type of another assembly, whose fields cannot be seen: mark it [GenerateCodec] there, or name a [CustomCodec] for it",
        _ => null,
    };

    // What belongs to a process, or to one moment of it.
    private static string? OfMachine(INamedTypeSymbol type)
    {
        for (var ancestor = type; ancestor is not null; ancestor = ancestor.BaseType)
        {
            switch (TypeNames.Definition(ancestor))
            {
                case "System.IO.Stream" or "System.IO.TextReader" or "System.IO.TextWriter" or "System.IO.FileSystemInfo":
                    return "is open on something outside, which another process has not: keep a path or bytes";
                case "System.Runtime.InteropServices.SafeHandle" or "System.Runtime.InteropServices.GCHandle"
                    or "System.Threading.WaitHandle":
                    return "is a handle: it means nothing in another process";
                case "System.Threading.Tasks.Task" or "System.Threading.Tasks.ValueTask" or "System.Threading.Thread"
                    or "System.Threading.CancellationToken" or "System.Threading.CancellationTokenSource" or "System.Threading.Timer":
                    return "is work of this process, which cannot go on in another: keep its result";
                case "System.Lazy":
                    return "is a value that may not be there yet, and code that makes it: keep the value";
                case "System.Type" or "System.Reflection.MemberInfo" or "System.Reflection.Assembly":
                    return "is a part of the program: keep its name";
                case "System.Exception":
                    return "is an exception, which cannot be made again as it was: keep its message";
                case "System.WeakReference":
                    return "does not hold what it refers to: keep the value";
                case "System.Memory" or "System.ReadOnlyMemory" or "System.ArraySegment":
                    return "is a part of something longer: keep an array";
                case "System.Random":
                    return "hides its state: keep a seed and a count";
            }
        }

        return null;
    }

    private static bool IsElsewhere(INamedTypeSymbol type, Compilation compilation) =>
        !SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, compilation.Assembly);

    private static bool IsOfFramework(INamedTypeSymbol type) =>
        type.ContainingAssembly?.Name is { } name
            && (name.StartsWith("System.", StringComparison.Ordinal) || name is "System" or "netstandard");
}
