using System.Reflection;
using System.Reflection.Emit;

namespace BioDL.Tests.Architecture;

/// <summary>Which types of ours a compiled type needs: bases, members, attributes, and what its code calls, makes or names.</summary>
internal sealed class TypeReferences
{
    private const BindingFlags Everything = BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static
        | BindingFlags.Instance;

    /// <summary>By their code: the ones of one byte, and those behind 0xFE.</summary>
    private static readonly Dictionary<short, OpCode> Codes = typeof(OpCodes).GetFields().Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value);

    private readonly HashSet<Type> _found = [];

    /// <summary>Types with a namespace of ours, each for itself and for those inside it, without the type itself.</summary>
    public static IReadOnlyCollection<Type> Of(Type type)
    {
        var references = new TypeReferences();
        references.AddType(type);
        references._found.Remove(type);
        return references._found;
    }

    /// <summary>The type that stands in a file, for one inside another.</summary>
    public static Type Outermost(Type type)
    {
        while (type.DeclaringType is { } outer)
            type = outer;
        return type;
    }

    private void AddType(Type type)
    {
        Add(type.BaseType);
        Array.ForEach(type.GetInterfaces(), Add);
        AddAttributes(type.GetCustomAttributesData());
        foreach (Type parameter in type.GetGenericArguments().Where(argument => argument.IsGenericParameter))
            Array.ForEach(parameter.GetGenericParameterConstraints(), Add);
        foreach (FieldInfo field in type.GetFields(Everything))
        {
            Add(field.FieldType);
            AddAttributes(field.GetCustomAttributesData());
        }
        foreach (MethodBase method in type.GetMethods(Everything).Concat<MethodBase>(type.GetConstructors(Everything)))
            AddMethod(method);
        foreach (Type inner in type.GetNestedTypes(Everything))
            AddType(inner);
    }

    private void AddMethod(MethodBase method)
    {
        AddSignature(method);
        AddAttributes(method.GetCustomAttributesData());
        if (method.GetMethodBody() is not { } body)
            return;
        foreach (LocalVariableInfo local in body.LocalVariables)
            Add(local.LocalType);
        foreach (ExceptionHandlingClause clause in body.ExceptionHandlingClauses.Where(clause =>
            clause.Flags == ExceptionHandlingClauseOptions.Clause))
            Add(clause.CatchType);
        foreach (int token in Tokens(body.GetILAsByteArray()!))
            AddMember(Resolved(method, token));
    }

    private void AddSignature(MethodBase method)
    {
        Add((method as MethodInfo)?.ReturnType);
        foreach (ParameterInfo parameter in method.GetParameters())
            Add(parameter.ParameterType);
        if (method is MethodInfo { IsGenericMethod: true } generic)
            Array.ForEach(generic.GetGenericArguments(), Add);
    }

    private void AddMember(MemberInfo member)
    {
        Add(member as Type ?? member.DeclaringType);
        if (member is FieldInfo field)
            Add(field.FieldType);
        if (member is MethodBase method)
            AddSignature(method);
    }

    private void AddAttributes(IEnumerable<CustomAttributeData> attributes)
    {
        foreach (CustomAttributeData attribute in attributes)
        {
            Add(attribute.AttributeType);
            foreach (CustomAttributeTypedArgument argument in attribute.ConstructorArguments)
                Add(argument.Value as Type);
        }
    }

    private void Add(Type? type)
    {
        while (type is { HasElementType: true })
            type = type.GetElementType();
        if (type is null || type.IsGenericParameter)
            return;
        if (type.IsFunctionPointer)
            Array.ForEach([type.GetFunctionPointerReturnType(), .. type.GetFunctionPointerParameterTypes()], Add);
        if (type.IsConstructedGenericType)
            Array.ForEach(type.GetGenericArguments(), Add);
        Type outer = Outermost(type.IsGenericType ? type.GetGenericTypeDefinition() : type);
        if (outer.Namespace?.StartsWith("BioDL", StringComparison.Ordinal) == true)
            _found.Add(outer);
    }

    private static MemberInfo Resolved(MethodBase method, int token) =>
        method.Module.ResolveMember(token, method.DeclaringType!.GetGenericArguments(),
            method.IsGenericMethod ? method.GetGenericArguments() : null)!;

    /// <summary>Types, methods and fields that code names.</summary>
    private static IEnumerable<int> Tokens(byte[] code)
    {
        for (int at = 0; at < code.Length;)
        {
            OpCode operation = code[at] == 0xFE ? Codes[unchecked((short)(0xFE00 | code[at + 1]))] : Codes[code[at]];
            at += operation.Size;
            if (operation.OperandType is OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok
                or OperandType.InlineType)
                yield return BitConverter.ToInt32(code, at);
            at += operation.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + 4 * BitConverter.ToInt32(code, at),
                _ => 4,
            };
        }
    }
}
