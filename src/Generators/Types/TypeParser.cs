using Microsoft.CodeAnalysis;

namespace Weir.Generators.Types;

/// <summary>A type symbol in, the closure of its shapes out. Codecs and rows both start here.</summary>
internal sealed class TypeParser
{
    private readonly Compilation _compilation;
    private readonly TypeUse _use;
    private readonly CancellationToken _cancellation;
    private readonly Dictionary<string, TypeModel?> _types = new(StringComparer.Ordinal);
    private readonly List<FoundFailure> _failures = [];

    private TypeParser(Compilation compilation, TypeUse use, CancellationToken cancellation)
    {
        _compilation = compilation;
        _use = use;
        _cancellation = cancellation;
    }

    /// <summary>Takes a type apart down to what is built in. The generator skips a failure in silence; the analyzer reports it.</summary>
    /// <param name="type">The type.</param>
    /// <param name="compilation">Where it is used.</param>
    /// <param name="cancellation">Cancels the reading.</param>
    /// <param name="use">What for.</param>
    /// <param name="found">Takes the failures with the places of their members; null if nobody points at them.</param>
    public static TypeClosureModel Parse(
        ITypeSymbol type, Compilation compilation, CancellationToken cancellation, TypeUse use = TypeUse.Codec,
        ICollection<FoundFailure>? found = null)
    {
        Pipelines.Parsing.AliasedAssemblies.Note(compilation);
        var parser = new TypeParser(compilation, use, cancellation);
        parser.Visit(type, type is INamedTypeSymbol { IsTupleType: false } ? type.Name : TypeNames.Label(type), null);
        var types = parser._failures.Count == 0
            ? TypeRecursion.Mark(parser._types.Values.OfType<TypeModel>().OrderBy(model => model.Name, StringComparer.Ordinal).ToArray())
            : [];
        foreach (var failure in parser._failures)
        {
            found?.Add(failure);
        }

        return new TypeClosureModel
        {
            Root = TypeNames.Reference(type),
            Types = new(types),
            Failures = new([.. parser._failures.Select(static failure => failure.Model)]),
        };
    }

    // A type is looked at once. If it fails, it fails for the member that came first.
    private void Visit(ITypeSymbol type, string path, ISymbol? at)
    {
        _cancellation.ThrowIfCancellationRequested();
        var reference = TypeNames.Reference(type);
        if ((reference.IsBuiltIn && (_use == TypeUse.Codec || !reference.IsOfFramework)) || _types.ContainsKey(reference.Name))
        {
            return;
        }

        _types.Add(reference.Name, null);
        if (_use == TypeUse.Codec && CustomCodecs.Of(type, _compilation) is { } codec)
        {
            Custom(type, reference, codec, path, at);
            return;
        }

        if (_use == TypeUse.Codec && TypeRefusal.HasCodecElsewhere(type, _compilation))
        {
            return;
        }

        if (TypeRefusal.Of(type, _use, _compilation) is { } reason)
        {
            Fail(type, path, reason, at);
            return;
        }

        _types[reference.Name] = Shape(type, reference, path, at);
    }

    private void Fail(ITypeSymbol type, string path, string reason, ISymbol? at) => _failures.Add(
        new FoundFailure(new TypeFailureModel { Path = path, Type = TypeNames.Label(type), Reason = reason }, at));

    private void Custom(ITypeSymbol type, TypeRefModel reference, INamedTypeSymbol codec, string path, ISymbol? at)
    {
        if (CustomCodecs.Refusal(codec, type, _compilation) is { } reason)
        {
            Fail(type, path, reason, at ?? type);
            return;
        }

        _types[reference.Name] = new CustomTypeModel { Type = reference, Codec = TypeNames.Reference(codec).Name };
    }

    private TypeModel? Shape(ITypeSymbol type, TypeRefModel reference, string path, ISymbol? at)
    {
        if (reference.IsNullable)
        {
            return new NullableTypeModel { Type = reference, Item = Part(((INamedTypeSymbol)type).TypeArguments[0], path, at) };
        }

        if (reference.IsEnum)
        {
            return EnumParser.Parse((INamedTypeSymbol)type, reference);
        }

        if (type is IArrayTypeSymbol array)
        {
            var item = Part(array.ElementType, path + "[]", at);
            return array.Rank > 1
                ? new GridTypeModel { Type = reference, Item = item, Rank = array.Rank }
                : new SequenceTypeModel { Type = reference, Form = CollectionForm.Array, Item = item };
        }

        var named = (INamedTypeSymbol)type;
        return named.IsTupleType ? Tuple(named, reference, path, at)
            : CollectionTypes.Find(named) is { } form ? Collection(named, reference, form, path + "[]", at)
            : _use == TypeUse.Codec && HierarchyParser.IsHierarchy(named) ? Hierarchy(named, reference, path, at)
            : Object(named, reference, path, at);
    }

    private TypeModel Collection(INamedTypeSymbol type, TypeRefModel reference, CollectionForm form, string path, ISymbol? at)
    {
        var parts = type.TypeArguments.Select(part => Part(part, path, at)).ToArray();
        return form switch
        {
            CollectionForm.HashSet or CollectionForm.SortedSet or CollectionForm.ImmutableHashSet or CollectionForm.ImmutableSortedSet
                or CollectionForm.FrozenSet => new SetTypeModel { Type = reference, Form = form, Item = parts[0] },
            _ when parts.Length == 2 => new MapTypeModel { Type = reference, Form = form, Key = parts[0], Value = parts[1] },
            _ => new SequenceTypeModel { Type = reference, Form = form, Item = parts[0] },
        };
    }

    private TypeRefModel Part(ITypeSymbol type, string path, ISymbol? at)
    {
        Visit(type, path, at);
        return TypeNames.Reference(type);
    }

    private ObjectTypeModel Tuple(INamedTypeSymbol type, TypeRefModel reference, string path, ISymbol? at)
    {
        var items = type.TupleElements.Select(item => item.CorrespondingTupleField ?? item).ToArray();
        foreach (var item in items)
        {
            Visit(item.Type, $"{path}.{item.Name}", at);
        }

        var members = items.Select(static item => new MemberModel
        {
            Name = item.Name,
            Type = TypeNames.Reference(item.Type),
            FormerNames = default,
            Begins = null,
            Codec = null,
            Column = null,
            IsOptional = IsOptional(item.Type),
            IsAssigned = false,
            Epoch = null,
        });
        return new ObjectTypeModel
        {
            Type = reference,
            Label = "tuple",
            FormerNames = default,
            IsRecursive = false,
            IsTuple = true,
            IsSealed = true,
            Members = new([.. members]),
            Arguments = new([.. items.Select(static (_, index) => new ArgumentModel { Member = index })]),
        };
    }

    private HierarchyTypeModel? Hierarchy(INamedTypeSymbol type, TypeRefModel reference, string path, ISymbol? at)
    {
        var cases = HierarchyParser.Cases(type, _compilation);
        if (cases.Refusal is { } reason)
        {
            Fail(type, path, reason, at);
            return null;
        }

        foreach (var one in cases.Types)
        {
            Visit(one, $"{path}({one.Name})", at);
        }

        return new HierarchyTypeModel
        {
            Type = reference,
            Label = TypeNames.Label(type),
            FormerNames = MemberAttributes.FormerNames(type),
            Cases = new([.. cases.Types
                .Select(static one => new CaseModel
                {
                    Name = one.Name,
                    FormerNames = MemberAttributes.FormerNames(one),
                    Type = TypeNames.Reference(one),
                })
                .OrderBy(static one => one.Name, StringComparer.Ordinal)]),
        };
    }

    private ObjectTypeModel? Object(INamedTypeSymbol type, TypeRefModel reference, string path, ISymbol? at)
    {
        var members = MemberParser.Parse(type, _compilation);
        foreach (var failure in members.Failures)
        {
            Fail(type, path, failure.Reason, failure.At ?? type);
        }

        for (var i = 0; i < members.Members.Length; i++)
        {
            var (member, memberType) = (members.Members[i], members.Types[i]);
            if (_use == TypeUse.Codec && MemberCodec(members.Symbols[i], type) is { } codec)
            {
                if (CustomCodecs.Refusal(codec, memberType, _compilation) is { } reason)
                {
                    Fail(memberType, $"{path}.{member.Name}", reason, members.Symbols[i]);
                }

                continue;
            }

            Visit(memberType, $"{path}.{member.Name}", members.Symbols[i]);
        }

        return members.Failures.Length > 0 ? null : new ObjectTypeModel
        {
            Type = reference,
            Label = TypeNames.Label(type),
            FormerNames = MemberAttributes.FormerNames(type),
            IsRecursive = false,
            IsTuple = false,
            IsSealed = type.IsSealed || type.IsValueType,
            Members = new(members.Members),
            Arguments = new(members.Arguments),
        };
    }

    private static INamedTypeSymbol? MemberCodec(ISymbol member, INamedTypeSymbol type) => MemberAttributes.Codec(member)
        ?? type.InstanceConstructors.SelectMany(static constructor => constructor.Parameters)
            .Where(parameter => string.Equals(parameter.Name, member.Name, StringComparison.OrdinalIgnoreCase))
            .Select(MemberAttributes.Codec)
            .FirstOrDefault(static codec => codec is not null);

    private static bool IsOptional(ITypeSymbol type) =>
        TypeNames.Reference(type).IsNullable || type.NullableAnnotation == NullableAnnotation.Annotated;
}

/// <summary>What a type is taken apart for.</summary>
internal enum TypeUse
{
    /// <summary>State: it must come back as it was.</summary>
    Codec,

    /// <summary>Rows of files, which hold values and lists of them.</summary>
    Rows,
}

/// <summary>A member that cannot be supported, while symbols are still about.</summary>
/// <param name="Model">What is wrong.</param>
/// <param name="At">The member or type that it is about; null for the type that was asked for.</param>
internal sealed record FoundFailure(TypeFailureModel Model, ISymbol? At);
